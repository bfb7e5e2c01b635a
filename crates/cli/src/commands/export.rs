//! `vibesheets export`: entries as a file that is whole or not there.

use std::{
    io::{self, IsTerminal, Read, Write},
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{ServerFlag, Shell, query::query};
use crate::{
    client::{Client, Request, member_by, project_by},
    failure::{Exit, Failure},
    output::Progress,
    paths::with_suffix,
    private_file::{self, Replacement},
};

/// Which entries, and how they are written.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Which server.
    #[command(flatten)]
    pub server: ServerFlag,
    /// How the file is written
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// The first work date
    #[arg(long, value_name = "DATE")]
    from: String,
    /// The last work date
    #[arg(long, value_name = "DATE")]
    to: String,
    /// Whose time: a name, an e-mail address, an id, or `all` [default: your own]
    #[arg(long)]
    member: Option<String>,
    /// On which project, by name or id
    #[arg(long)]
    project: Option<String>,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Comma-separated values
    Csv,
    /// A workbook
    Xlsx,
    /// One document
    Json,
}

pub(super) fn run(arguments: &Arguments, shell: &Shell) -> Result<(), Failure> {
    if arguments.format == Format::Xlsx && arguments.output.is_none() && io::stdout().is_terminal() {
        return Err(Failure::usage("a workbook is nothing for a terminal; name a file with -o FILE"));
    }
    let client = shell.client()?;
    let request = request(arguments, &client)?;
    let progress = Progress::spinner("Exporting");
    let (checkpoint, mut body) = client.open(&request)?;
    let Some(path) = &arguments.output else { return copy(&mut body, &mut io::stdout().lock()).map(|_| ()) };
    let failed = |error: io::Error| Failure::refused(format!("{}: {error}", path.display()));
    let mut file = Replacement::begin(path).map_err(failed)?;
    let bytes = copy(&mut body, &mut file)?;
    file.finish().map_err(failed)?;
    let checkpoint = checkpoint.map(|note| keep_beside(path, &note)).transpose()?;
    drop(progress);
    shell.answer(&json!({ "file": path, "bytes": bytes, "checkpoint": checkpoint }), || {
        // Everybody's heads would not fit beside the file.
        let until = match arguments.member.as_deref() {
            Some("all") => " up to the organisation's last commitment to everybody's time",
            _ => "",
        };
        let beside =
            checkpoint.map_or_else(String::new, |path| format!(" {} proves it{until}.", path.display()));
        format!("{} written, {bytes} bytes.{beside}\n", path.display())
    })
}

/// The checkpoint, in a file of its own.
fn keep_beside(path: &Path, note: &str) -> Result<PathBuf, Failure> {
    let beside = with_suffix(path, ".checkpoint");
    let written = private_file::replace(&beside, note.as_bytes());
    written.map_err(|error| Failure::refused(format!("{}: {error}", beside.display())))?;
    Ok(beside)
}

fn request(arguments: &Arguments, client: &Client) -> Result<Request<'static>, Failure> {
    let format = arguments.format.to_possible_value();
    let member = match arguments.member.as_deref() {
        Some("all") => Some("all".to_owned()),
        Some(named) => Some(member_by(client, named)?.id),
        None => None,
    };
    let project = arguments.project.as_deref().map(|named| project_by(client, named)).transpose()?;
    let mut pairs = vec![
        ("format", format.as_ref().map_or("csv", |format| format.get_name())),
        ("start_date", &arguments.from),
        ("end_date", &arguments.to),
    ];
    pairs.extend(member.as_deref().map(|id| ("member_id", id)));
    pairs.extend(project.as_ref().map(|project| ("project_id", project.id.as_str())));
    Ok(Request::get(format!("/export?{}", query(&pairs))))
}

/// A body that breaks off is told from one that ends: a file cut short must not pass for the whole.
fn copy(from: &mut impl Read, to: &mut impl Write) -> Result<u64, Failure> {
    let mut buffer = vec![0; 64 * 1024];
    let mut bytes = 0;
    loop {
        let read = from.read(&mut buffer).map_err(|error| {
            Failure::new(
                Exit::Unreachable,
                format!("the export broke off after {bytes} bytes: {error}; try again"),
            )
        })?;
        if read == 0 {
            break;
        }
        to.write_all(&buffer[..read])
            .map_err(|error| Failure::refused(format!("cannot write the export: {error}")))?;
        bytes += read as u64;
    }
    to.flush().map_err(|error| Failure::refused(format!("cannot write the export: {error}")))?;
    Ok(bytes)
}
