//! The functions as Lambda runs them: events in, answers out, and the real `bootstrap` at a local Runtime API.

mod configuration;
mod events;
mod functions;
mod rights;
mod start;
mod support;
mod transfers;
