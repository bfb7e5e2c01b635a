//! What every answer carries, and what no endpoint answers.

mod bounds;
mod headers;
mod log;
mod paths;
