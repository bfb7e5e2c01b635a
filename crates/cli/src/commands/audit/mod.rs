//! `vibesheets audit`: everything that a store recorded, as one file that proves itself.

mod export;
mod import;

use clap::{Args, Subcommand};

use super::Shell;
use crate::{config::Flag, failure::Failure};

/// What to do with an audit file; `vibesheets verify FILE` proves one.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write every record with its payload and kept answer to a file; a server may go on serving a database
    Export(export::Arguments),
    /// Make a store from an audit file, and prove it
    Import(import::Arguments),
}

impl Arguments {
    pub(super) fn flags(&self) -> Vec<Flag> {
        match &self.action {
            Action::Export(arguments) => arguments.flags(),
            Action::Import(_) => Vec::new(),
        }
    }
}

pub(super) fn run(arguments: &Arguments, shell: &Shell) -> Result<(), Failure> {
    match &arguments.action {
        Action::Export(arguments) => export::run(arguments, shell),
        Action::Import(arguments) => import::run(arguments, shell),
    }
}
