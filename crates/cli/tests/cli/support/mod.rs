//! The real binary, on a folder and a port of its own.

pub mod bucket;
pub mod cluster;
pub mod command;
pub mod copies;
pub mod http;
pub mod ledger;
pub mod server;
