//! `vibesheets import`: another tool's file, looked at first and brought in when told to.

mod report;
mod words;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{ServerFlag, Shell};
use crate::{
    client::{Client, Reply, Request},
    failure::Failure,
    output::Progress,
};

/// The most bytes of a file that a server takes.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Which file, and how to read it.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Which server.
    #[command(flatten)]
    pub server: ServerFlag,
    /// The CSV file
    file: PathBuf,
    /// The tool that wrote it
    #[arg(long, value_enum, default_value_t = Tool::Auto)]
    source: Tool,
    /// The zone that the file's times are in, which no tool writes into its file
    #[arg(long, value_name = "ZONE")]
    time_zone: String,
    /// How the file writes dates
    #[arg(long, value_enum, default_value_t = DateOrder::Auto)]
    date_order: DateOrder,
    /// What to do about rows that overlap each other or what is there
    #[arg(long, value_enum, default_value_t = Overlaps::Refuse)]
    overlaps: Overlaps,
    /// Bring it in; without this nothing is changed
    #[arg(long)]
    apply: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Tool {
    /// Told from the headings
    Auto,
    /// Toggl Track, detailed report
    Toggl,
    /// Clockify, detailed report
    Clockify,
    /// Our own CSV export
    Vibesheets,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum DateOrder {
    /// Told from the whole file
    Auto,
    /// 2026-03-29
    Ymd,
    /// 03/29/2026
    Mdy,
    /// 29/03/2026
    Dmy,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Overlaps {
    /// Leave such rows out and say so
    Refuse,
    /// Leave out the later row
    Skip,
    /// Shorten the later row
    Trim,
}

pub(super) fn run(arguments: &Arguments, shell: &Shell) -> Result<(), Failure> {
    let bytes = read(&arguments.file)?;
    let client = shell.client()?;
    let reply = send(arguments, &client, &bytes)?;
    let report: report::ImportReport = reply.read()?;
    shell.answer(&reply.value, || words::words(&report))
}

fn read(path: &PathBuf) -> Result<Vec<u8>, Failure> {
    let bytes =
        std::fs::read(path).map_err(|error| Failure::refused(format!("{}: {error}", path.display())))?;
    if bytes.len() > MOST_BYTES {
        let size = bytes.len() / (1024 * 1024);
        return Err(Failure::refused(format!(
            "{}: {size} MiB is more than the 32 MiB that a server takes; split it by dates",
            path.display()
        )));
    }
    Ok(bytes)
}

fn send(arguments: &Arguments, client: &Client, bytes: &[u8]) -> Result<Reply, Failure> {
    let name = arguments.file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let chosen = |value: Option<clap::builder::PossibleValue>| {
        value.map(|value| value.get_name().to_owned()).unwrap_or_default()
    };
    let query = super::query::query(&[
        ("dry_run", if arguments.apply { "false" } else { "true" }),
        ("source", &chosen(arguments.source.to_possible_value())),
        ("time_zone", &arguments.time_zone),
        ("date_order", &chosen(arguments.date_order.to_possible_value())),
        ("overlaps", &chosen(arguments.overlaps.to_possible_value())),
        ("file_name", &name),
    ]);
    let progress =
        Progress::of_bytes(bytes.len() as u64, if arguments.apply { "Importing" } else { "Checking" });
    let request = |query: &str| Request::change("POST", format!("/import?{query}"));
    match client.leave(bytes, &progress)? {
        Some(id) => client.send(&request(&format!("{query}&upload={id}"))),
        None => client.send_counted(&request(&query).body("text/csv", bytes), &progress),
    }
}
