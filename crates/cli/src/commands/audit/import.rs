//! `vibesheets audit import`: a store from an audit file.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use vibesheets_core::{
    TimeSource,
    moving::{MoveError, Moved, RecordSource, Side, move_store},
};
use vibesheets_store_sqlite::Location;

use super::Shell;
use crate::{
    audit_file::{self, Unusable},
    failure::{Exit, Failure},
    new_database::{NewDatabase, Purpose, holds_something},
    output::Progress,
    proof::answers_kept_since,
    store::{self, StoreLocation},
    system::SystemTime,
};

/// From which file, and where to.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The audit file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The store to make: a new database, or tables that are empty or left by an interrupted import; nobody may use it meanwhile
    #[arg(long, value_name = "URL")]
    to: StoreLocation,
}

pub(super) fn run(arguments: &Arguments, shell: &Shell) -> Result<(), Failure> {
    let Arguments { file, to } = arguments;
    if *to == StoreLocation::Sqlite(Location::Memory) {
        return Err(Failure::usage("a store in memory is gone when this ends; name another one with --to"));
    }
    let source = audit_file::open(file).map_err(|unusable| match unusable {
        Unusable::Refused(failure) => failure,
        Unusable::Damaged(fault) => Failure::new(
            Exit::Damaged,
            format!(
                "{} is not as it was written, and nothing was imported: {fault}; take the file from another place, or export \
                 it again",
                file.display()
            ),
        ),
    })?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::internal)?;
    let target = Target::of(to)?;
    let moved = runtime.block_on(import(&source, &target, file))?;
    target.finish()?;
    let json = json!({ "file": file, "to": to.to_string(), "streams": moved.streams, "records": moved.records,
        "found": moved.found });
    shell.answer(&json, || words(arguments, &moved))
}

/// Where the records go.
struct Target {
    location: StoreLocation,
    /// The database that they are to be once they are all there.
    new: Option<NewDatabase>,
}

impl Target {
    /// A database that is not there yet takes its name only once it is whole.
    fn of(to: &StoreLocation) -> Result<Self, Failure> {
        match to {
            StoreLocation::Sqlite(Location::File(path)) if !holds_something(path) => {
                let new = NewDatabase::begin(path, Purpose::Import)?;
                let location = StoreLocation::Sqlite(Location::File(new.unfinished().to_owned()));
                Ok(Self { location, new: Some(new) })
            }
            _ => Ok(Self { location: to.clone(), new: None }),
        }
    }

    fn finish(self) -> Result<(), Failure> {
        self.new.map_or(Ok(()), |new| new.finish().map(drop))
    }
}

async fn import(source: &impl RecordSource, target: &Target, file: &Path) -> Result<Moved, Failure> {
    let store = store::open_at(&target.location).await?;
    let progress = Progress::of_count("Importing");
    let told = |moved: &Moved| progress.at(moved.moved, moved.records);
    let kept_since = answers_kept_since(SystemTime.now());
    let moved = move_store(source, &*store.shared(), kept_since, &told).await;
    moved.map_err(|error| failure(error, file, target))
}

fn words(Arguments { file, to }: &Arguments, moved: &Moved) -> String {
    let Moved { streams, records, found, .. } = moved;
    let before = if *found > 0 { format!(" ({found} of them were there before)") } else { String::new() };
    format!(
        "{to} holds everything that is in {}: {streams} streams with {records} records{before}. Every head is the same, and \
         what is shown is what was recorded. Everybody signs in again.\n",
        file.display()
    )
}

fn failure(error: MoveError, file: &Path, target: &Target) -> Failure {
    let (file, to) = (file.display(), &target.location);
    let other = if target.new.is_some() {
        "remove what was begun, and import again"
    } else {
        "import into a store that is empty"
    };
    match error {
        MoveError::Store { side: Side::Source, error } => {
            Failure::new(Exit::Store, format!("{file}: {error}"))
        }
        MoveError::Store { side: Side::Target, error } => Failure::new(
            Exit::Store,
            format!("{to}: {error}; what was imported so far stays, and importing again goes on from there"),
        ),
        MoveError::Diverged { stream, seq } => Failure::new(
            Exit::Store,
            format!("{to} holds another {stream} than {file}, from record {seq} on; {other}"),
        ),
        MoveError::Occupied { stream } => {
            Failure::new(Exit::Store, format!("{to} holds {stream}, which is not in {file}; {other}"))
        }
        MoveError::Changed { stream } => Failure::new(
            Exit::Store,
            format!("{stream} in {to} changed meanwhile: stop whatever uses it, and import again"),
        ),
        MoveError::Unreadable { stream, seq, problem } => Failure::new(
            Exit::Damaged,
            format!("{file}: record {seq} of {stream} cannot be written again: {problem}"),
        ),
        MoveError::Unproven { finding } => {
            Failure::new(Exit::Damaged, format!("everything is imported, but {to} is not proven: {finding}"))
        }
    }
}
