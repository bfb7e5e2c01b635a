//! Errors as HTTP tells them: `application/problem+json` (RFC 9457).

mod code;
mod from_core;
mod model;

pub use code::Code;
pub use model::{Problem, ProblemBody, ProblemField};
