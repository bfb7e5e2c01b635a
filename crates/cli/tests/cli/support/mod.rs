//! The real binary, on a folder and a port of its own.

pub mod command;
pub mod http;
pub mod server;
