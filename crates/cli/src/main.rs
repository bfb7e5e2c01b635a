//! The `vibesheets` command: the server, its clients and its proofs, one file per subcommand in [`commands`].

mod archive_proof;
mod audit_file;
mod checkpoints;
mod client;
mod commands;
mod config;
mod demo;
mod erasures;
mod failure;
#[cfg(test)]
mod guide;
mod new_database;
mod output;
mod paths;
mod private_file;
mod proof;
mod rebuilding;
mod server;
mod store;
mod system;

use std::process::ExitCode;

fn main() -> ExitCode {
    commands::run()
}
