//! `vibesheets out`.

use clap::Args;

use super::{
    ServerFlag, Shell,
    clock::{About, press},
};
use crate::failure::Failure;

/// What is given replaces what the entry says.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Which server.
    #[command(flatten)]
    pub server: ServerFlag,
    #[command(flatten)]
    about: About,
}

pub(super) fn run(arguments: &Arguments, shell: &Shell) -> Result<(), Failure> {
    press("out", &arguments.about, shell)
}
