//! Bad input, whatever the endpoint.

mod bodies;
mod versions;
