//! The subcommands, and how one is chosen and ends.

mod audit;
mod backup;
mod checkpoint;
mod clock;
mod clock_in;
mod clock_out;
mod config;
mod drill;
mod export;
mod import;
mod imports;
mod login;
mod member;
mod migrate;
mod move_store;
mod openapi;
mod query;
mod restore;
mod serve;
mod shell;
mod status;
mod verify;
mod verify_file;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{
    config::{Flag, keys},
    failure::Failure,
    output,
};

pub use shell::{ServerFlag, Shell};

/// The timesheet you can prove: one program that serves it, talks to it and proves it.
#[derive(Debug, Parser)]
#[command(name = "vibesheets", version, arg_required_else_help = true, max_term_width = 100)]
pub struct Cli {
    /// Print JSON, as a script would read it
    #[arg(long, global = true)]
    json: bool,
    /// Read settings from this file in place of ./vibesheets.toml
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the app and its API
    Serve(serve::Arguments),
    /// Sign in to a server
    Login(login::Arguments),
    /// Clock in
    In(clock_in::Arguments),
    /// Clock out
    Out(clock_out::Arguments),
    /// Show whether you are clocked in, and today's and this week's hours
    Status(status::Arguments),
    /// Bring in another tool's CSV file; shows what would come in unless told to --apply
    Import(import::Arguments),
    /// List imports, or undo one as a whole
    Imports(imports::Arguments),
    /// Write entries to a file whose rows sum to the second
    Export(export::Arguments),
    /// List, invite and archive members, and change their roles
    Member(member::Arguments),
    /// Prove a store: walk every journal stream and hold what is shown against it; or prove an audit file
    Verify(verify::Arguments),
    /// Commit to all streams' heads, and sign where they stand; or print the key that checkpoints are proven with
    Checkpoint(checkpoint::Arguments),
    /// Write everything that a store recorded to a file that proves itself, or make a store from one
    Audit(audit::Arguments),
    /// Make what a store needs before anybody uses it: a database's schema, or DynamoDB's tables
    Migrate(migrate::Arguments),
    /// Move a store's contents to another store, journal and all
    Move(move_store::Arguments),
    /// Copy a store to a place of backups while it is served; list, verify and prune what is there
    Backup(backup::Arguments),
    /// Bring back any commit from a mirror, a replica or backups, in a new place
    Restore(restore::Arguments),
    /// Rehearse a restore on a copy, compare, and measure what it would lose and how long it takes
    Drill(drill::Arguments),
    /// Print the settings in force and where each comes from
    Config(config::Arguments),
    /// Print the API's OpenAPI document
    Openapi,
}

impl Command {
    fn flags(&self) -> Vec<Flag> {
        match self {
            Self::Serve(arguments) => arguments.settings.flags(),
            Self::Config(arguments) => arguments.settings.flags(),
            Self::Verify(arguments) => arguments.flags(),
            Self::Checkpoint(arguments) => arguments.flags(),
            Self::Audit(arguments) => arguments.flags(),
            Self::Migrate(arguments) => arguments.flags(),
            Self::Backup(arguments) => arguments.flags(),
            Self::Restore(arguments) => arguments.flags(),
            Self::Drill(arguments) => arguments.flags(),
            Self::Login(arguments) => arguments.flags(),
            Self::In(arguments) => arguments.server.flags(),
            Self::Out(arguments) => arguments.server.flags(),
            Self::Status(arguments) => arguments.server.flags(),
            Self::Import(arguments) => arguments.server.flags(),
            Self::Imports(arguments) => arguments.server.flags(),
            Self::Export(arguments) => arguments.server.flags(),
            Self::Member(arguments) => arguments.server.flags(),
            Self::Move(_) | Self::Openapi => Vec::new(),
        }
    }

    fn run(self, shell: &Shell) -> Result<(), Failure> {
        match self {
            Self::Serve(arguments) => serve::run(&arguments, shell),
            Self::Login(arguments) => login::run(&arguments, shell),
            Self::In(arguments) => clock_in::run(&arguments, shell),
            Self::Out(arguments) => clock_out::run(&arguments, shell),
            Self::Status(_) => status::run(shell),
            Self::Import(arguments) => import::run(&arguments, shell),
            Self::Imports(arguments) => imports::run(&arguments, shell),
            Self::Export(arguments) => export::run(&arguments, shell),
            Self::Member(arguments) => member::run(&arguments, shell),
            Self::Verify(arguments) => verify::run(&arguments, shell),
            Self::Checkpoint(arguments) => checkpoint::run(&arguments, shell),
            Self::Audit(arguments) => audit::run(&arguments, shell),
            Self::Migrate(_) => migrate::run(shell),
            Self::Move(arguments) => move_store::run(&arguments, shell),
            Self::Backup(arguments) => backup::run(&arguments, shell),
            Self::Restore(arguments) => restore::run(&arguments, shell),
            Self::Drill(arguments) => drill::run(&arguments, shell),
            Self::Config(_) => config::run(shell),
            Self::Openapi => openapi::run(),
        }
    }
}

/// Reads the arguments, does what they say, and tells how it ended.
pub fn run() -> ExitCode {
    let Cli { json, config, command } = Cli::parse();
    let mut flags = command.flags();
    flags.extend(config.map(|value| Flag { key: keys::CONFIG, value }));
    let outcome = Shell::read(flags, json).and_then(|shell| command.run(&shell));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::complain(&failure.report(json));
            ExitCode::from(failure.exit as u8)
        }
    }
}
