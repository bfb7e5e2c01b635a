//! `vibesheets move`: a store's contents to another store, journal and all.

use clap::Args;
use serde_json::json;
use vibesheets_core::{
    TimeSource,
    moving::{MoveError, Moved, move_store},
};

use super::Shell;
use crate::{
    failure::{Exit, Failure},
    output::Progress,
    proof::answers_kept_since,
    store::{self, StoreLocation},
    system::SystemTime,
};

/// From where to where.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The store to move from; nobody may write it meanwhile
    #[arg(long, value_name = "URL")]
    from: StoreLocation,
    /// The store to move to, empty or left by an interrupted move; nobody may use it meanwhile
    #[arg(long, value_name = "URL")]
    to: StoreLocation,
}

pub(super) fn run(arguments: &Arguments, shell: &Shell) -> Result<(), Failure> {
    let Arguments { from, to } = arguments;
    if from == to {
        return Err(Failure::usage("--from and --to name the same store"));
    }
    if let StoreLocation::Sqlite(vibesheets_store_sqlite::Location::File(path)) = from
        && !path.exists()
    {
        return Err(Failure::new(Exit::Store, format!("there is no database {}", path.display())));
    }
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::internal)?;
    let moved = runtime.block_on(async {
        let (source, target) = (store::open_at(from).await?, store::open_at(to).await?);
        let progress = Progress::of_count("Moving");
        let told = |moved: &Moved| progress.at(moved.moved, moved.records);
        let kept_since = answers_kept_since(SystemTime.now());
        move_store(&*source.shared(), &*target.shared(), kept_since, &told).await.map_err(failure)
    })?;
    let json = json!({ "from": from.to_string(), "to": to.to_string(), "streams": moved.streams,
        "records": moved.records, "found": moved.found });
    shell.answer(&json, || words(arguments, &moved))
}

fn words(Arguments { from, to }: &Arguments, moved: &Moved) -> String {
    let Moved { streams, records, found, .. } = moved;
    let before = if *found > 0 { format!(" ({found} of them were there before)") } else { String::new() };
    format!(
        "{from} is now in {to}: {streams} streams with {records} records{before}. Every head is the same, and \
         what is shown is what was recorded. Everybody signs in again.\n"
    )
}

fn failure(error: MoveError) -> Failure {
    match error {
        MoveError::Unproven { .. } | MoveError::Unreadable { .. } => Failure::new(Exit::Damaged, error),
        MoveError::Store { .. }
        | MoveError::Diverged { .. }
        | MoveError::Occupied { .. }
        | MoveError::Changed { .. } => Failure::new(Exit::Store, error),
    }
}
