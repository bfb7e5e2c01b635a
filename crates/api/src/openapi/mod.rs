//! The API's description, made from the handlers.

mod document;
mod params;

pub use document::openapi;
pub use params::{IdempotencyKey, IfMatchVersion};
