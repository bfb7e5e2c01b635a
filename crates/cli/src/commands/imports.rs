//! `vibesheets imports`: what was imported, and taking one out again.

use clap::{Args, Subcommand};
use serde::Deserialize;

use super::{ServerFlag, Shell};
use crate::{
    client::Request,
    failure::Failure,
    output::{Progress, Table, date_and_time, hours_minutes_seconds},
};

/// What to do with imports.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Which server.
    #[command(flatten)]
    pub server: ServerFlag,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List them, the newest first
    List,
    /// Take an import's entries out again, all of them
    Undo {
        /// The import's id
        id: String,
    },
}

#[derive(Debug, Deserialize)]
struct Imports {
    imports: Vec<Import>,
}

#[derive(Debug, Deserialize)]
struct Import {
    id: String,
    source: String,
    file_name: String,
    created_at: String,
    entries: u64,
    seconds: i64,
    undone_at: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Undone {
    entries: u64,
    seconds: i64,
}

pub(super) fn run(arguments: &Arguments, shell: &Shell) -> Result<(), Failure> {
    let client = shell.client()?;
    match &arguments.action {
        Action::List => {
            let reply = client.get("/imports")?;
            let Imports { imports } = reply.read()?;
            shell.answer(&reply.value, || list(imports))
        }
        Action::Undo { id } => {
            let progress = Progress::spinner("Undoing");
            let reply = client.send(&Request::change("POST", format!("/imports/{id}/undo")))?;
            drop(progress);
            let undone: Undone = reply.read()?;
            shell.answer(&reply.value, || {
                format!(
                    "{} entries, {}, were taken out.\n",
                    undone.entries,
                    hours_minutes_seconds(undone.seconds)
                )
            })
        }
    }
}

fn list(imports: Vec<Import>) -> String {
    let mut table = Table::new(["IMPORT", "FROM", "FILE", "AT (UTC)", "ENTRIES", "TIME", ""]).right(&[4, 5]);
    for import in imports {
        let undone = import.undone_at.map(|at| format!("undone {}", date_and_time(&at))).unwrap_or_default();
        table.row([
            import.id,
            import.source,
            import.file_name,
            date_and_time(&import.created_at),
            import.entries.to_string(),
            hours_minutes_seconds(import.seconds),
            undone,
        ]);
    }
    table.render(0)
}
