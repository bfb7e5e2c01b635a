//! Bad input, whatever the endpoint.

mod bodies;
mod reasons;
mod versions;
