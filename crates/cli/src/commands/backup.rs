//! `vibesheets backup`: snapshots, taken while a server goes on serving.

use std::path::Path;

use clap::{Args, Subcommand};
use serde_json::json;
use vibesheets_core::{TimeSource, durability::SnapshotManifest};
use vibesheets_ops::{
    archive::{Archive, ArchivePlace},
    backup::{self, BackupError, Kept, RETENTION_DAYS, Verified},
};
use vibesheets_store_sqlite::{DatabaseFile, Location};

use super::Shell;
use crate::{
    config::{Flag, keys},
    failure::{Exit, Failure},
    output::Progress,
    paths::folder_of,
    rebuilding::archive_failure,
    store::{self, StoreLocation},
    system::SystemTime,
};

/// What to do with snapshots.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Where they are: a folder or s3://BUCKET/PREFIX [default: the configured place]
    #[arg(long, value_name = "PLACE", global = true)]
    place: Option<ArchivePlace>,
    /// The store [default: the configured one]
    #[arg(long, value_name = "URL", global = true)]
    store: Option<String>,
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the snapshots
    List,
    /// Read everything there and hold it against its digests and checksums; a mirror or a replica too
    Verify,
    /// Remove what no restore of the last days needs
    Prune {
        /// How many days any commit stays restorable
        #[arg(long, value_name = "DAYS", default_value_t = RETENTION_DAYS, value_parser = clap::value_parser!(i64).range(1..36_500))]
        days: i64,
    },
}

impl Arguments {
    pub(super) fn flags(&self) -> Vec<Flag> {
        self.store.iter().map(|value| Flag { key: keys::STORE, value: value.clone() }).collect()
    }
}

pub(super) fn run(arguments: &Arguments, shell: &Shell) -> Result<(), Failure> {
    let place = arguments.place.clone().or_else(|| shell.config.backups_place()).ok_or_else(|| {
        Failure::usage("there is no place for backups: name one with --place, or set VIBESHEETS_BACKUPS")
    })?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::internal)?;
    runtime.block_on(async {
        let archive =
            Archive::open(&place, arguments.action.is_none()).map_err(|error| archive_failure(&error))?;
        match &arguments.action {
            None => take(shell, &archive).await,
            Some(Action::List) => list(shell, &archive).await,
            Some(Action::Verify) => verify(shell, &archive).await,
            Some(Action::Prune { days }) => prune(shell, &archive, *days).await,
        }
    })
}

async fn take(shell: &Shell, archive: &Archive) -> Result<(), Failure> {
    let StoreLocation::Sqlite(Location::File(path)) = &shell.config.store.value else {
        return Err(Failure::usage(
            "a snapshot is of a database in a file; DynamoDB has point-in-time recovery, and `vibesheets move` copies it to a \
             file",
        ));
    };
    let progress = Progress::spinner(format!("Copying and proving {}", path.display()));
    let manifest = take_of(path, archive).await?;
    drop(progress);
    shell.answer(&as_json(archive, &manifest), || {
        format!("{}: {} is there and proven.\n", archive.place(), in_words(&manifest))
    })
}

/// Adds a snapshot of the database at `path`, which a server may be serving.
pub(super) async fn take_of(path: &Path, archive: &Archive) -> Result<SnapshotManifest, Failure> {
    if !path.exists() {
        return Err(Failure::new(Exit::Store, format!("there is no database {}", path.display())));
    }
    let source = DatabaseFile::open(path).map_err(|error| store::open_error(&error))?;
    backup::take(&source, archive, folder_of(path)).await.map_err(|error| match error {
        BackupError::Archive(error) => archive_failure(&error),
        BackupError::Store(error) => Failure::new(Exit::Store, error),
    })
}

async fn list(shell: &Shell, archive: &Archive) -> Result<(), Failure> {
    let snapshots = archive.list_snapshots().await.map_err(|error| archive_failure(&error))?;
    let json = json!(snapshots.iter().map(|manifest| as_json(archive, manifest)).collect::<Vec<_>>());
    shell.answer(&json, || {
        if snapshots.is_empty() {
            return format!("{}: no snapshot.\n", archive.place());
        }
        snapshots.iter().map(|manifest| format!("{}\n", in_words(manifest))).collect()
    })
}

async fn verify(shell: &Shell, archive: &Archive) -> Result<(), Failure> {
    let progress = Progress::spinner(format!("Reading {}", archive.place()));
    let found = backup::verify(archive).await.map_err(|error| archive_failure(&error))?;
    drop(progress);
    let Verified { snapshots, segments, commits, last, findings } = &found;
    let json = json!({ "place": archive.place().to_string(), "snapshots": snapshots, "segments": segments,
        "commits": commits, "last_commit": last.map(|(commit, _)| commit), "last_time": last.and_then(|(_, time)| time),
        "findings": findings });
    shell.answer(&json, || {
        let last = match last {
            Some((commit, Some(time))) => format!(" up to commit {commit} of {time}"),
            Some((commit, None)) => format!(" up to commit {commit}"),
            None => String::new(),
        };
        let read = format!(
            "{}: {snapshots} snapshots, {segments} segments with {commits} commits{last}.",
            archive.place()
        );
        let lines: String = findings.iter().map(|finding| format!("  {finding}\n")).collect();
        match lines.as_str() {
            "" => format!("{read} Everything is as it was written.\n"),
            _ => format!("{read} This is not as it was written:\n{lines}"),
        }
    })?;
    match findings.len() {
        0 => Ok(()),
        some => Err(Failure::new(
            Exit::Damaged,
            format!(
                "{some} findings in {}; restore from another place, or an earlier commit",
                archive.place()
            ),
        )),
    }
}

async fn prune(shell: &Shell, archive: &Archive, days: i64) -> Result<(), Failure> {
    let kept =
        backup::prune(archive, SystemTime.now(), days).await.map_err(|error| archive_failure(&error))?;
    let Kept { snapshots, snapshots_removed, segments_removed } = kept;
    let json = json!({ "snapshots": snapshots.len(), "snapshots_removed": snapshots_removed,
        "segments_removed": segments_removed });
    shell.answer(&json, || {
        format!(
            "Removed {snapshots_removed} snapshots and {segments_removed} segments; {} snapshots stay.\n",
            snapshots.len()
        )
    })
}

fn as_json(archive: &Archive, manifest: &SnapshotManifest) -> serde_json::Value {
    json!({ "place": archive.place().to_string(), "store": manifest.store.to_string(), "commit": manifest.commit,
        "commit_time": manifest.commit_time, "bytes": manifest.bytes, "schema": manifest.schema,
        "logical_digest": manifest.logical_digest.to_string() })
}

fn in_words(manifest: &SnapshotManifest) -> String {
    let time = manifest.commit_time.map_or_else(String::new, |time| format!(" of {time}"));
    format!("the snapshot of commit {}{time} ({} bytes)", manifest.commit, manifest.bytes)
}
