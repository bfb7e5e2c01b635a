//! `vibesheets status`.

use clap::Args;

use super::{
    ServerFlag, Shell,
    clock::{project_name, state},
};
use crate::{client::replies::Status, failure::Failure};

/// Which server to ask.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Which server.
    #[command(flatten)]
    pub server: ServerFlag,
}

pub(super) fn run(shell: &Shell) -> Result<(), Failure> {
    let client = shell.client()?;
    let reply = client.get("/status")?;
    let status: Status = reply.read()?;
    let project = match &status.entry {
        Some(entry) if !shell.json => project_name(&client, entry)?,
        _ => None,
    };
    shell.answer(&reply.value, || state(&status, project.as_deref()))
}
