//! `/import`: against files of the generator that knows none of our code, and what is true about them.

mod again;
mod every_variant;
mod malformed;
mod overlaps;
mod refused;
mod repeats;
mod round_trip;
pub mod support;
