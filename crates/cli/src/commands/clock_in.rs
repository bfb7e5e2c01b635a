//! `vibesheets in`.

use clap::Args;

use super::{
    ServerFlag, Shell,
    clock::{About, press},
};
use crate::failure::Failure;

/// What the new entry says.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Which server.
    #[command(flatten)]
    pub server: ServerFlag,
    #[command(flatten)]
    about: About,
    /// Clock out of what is running and into this at the same instant
    #[arg(long)]
    switch: bool,
}

pub(super) fn run(arguments: &Arguments, shell: &Shell) -> Result<(), Failure> {
    press(if arguments.switch { "switch" } else { "in" }, &arguments.about, shell)
}
