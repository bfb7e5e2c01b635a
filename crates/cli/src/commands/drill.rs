//! `vibesheets drill`: the restore, rehearsed on a copy: nothing that is served is touched.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::Args;
use serde_json::json;
use vibesheets_core::{TimeSource, durability::Durability};
use vibesheets_ops::{
    archive::{Archive, ArchivePlace},
    restore::{Plan, Point},
};
use vibesheets_store_sqlite::{DatabaseFile, Location};

use super::{Shell, backup::take_of};
use crate::{
    config::{Flag, keys},
    erasures::KnownErasures,
    failure::{Exit, Failure},
    private_file,
    rebuilding::{Known, Rebuilt, archive_failure, file_failure, folder_of, rebuild, restore_failure},
    store::{self, StoreLocation},
    system::SystemTime,
};

/// The guide's promise for a restore.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// What to rehearse.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The mirror, replica or place of backups to restore from [default: a snapshot that is taken for the drill]
    #[arg(long, value_name = "PLACE")]
    from: Option<ArchivePlace>,
    /// The store [default: the configured one]
    #[arg(long, value_name = "URL")]
    store: Option<String>,
}

impl Arguments {
    pub(super) fn flags(&self) -> Vec<Flag> {
        self.store.iter().map(|value| Flag { key: keys::STORE, value: value.clone() }).collect()
    }
}

pub(super) fn run(arguments: &Arguments, shell: &Shell) -> Result<(), Failure> {
    let StoreLocation::Sqlite(Location::File(path)) = &shell.config.store.value else {
        return Err(Failure::usage("a drill is of a database in a file; name one with --store sqlite:PATH"));
    };
    let folder = Scratch::beside(path)?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::internal)?;
    let drilled = runtime.block_on(drill(path, arguments.from.as_ref(), &folder.0))?;
    let Drilled { rebuilt, held, lost_commits, rpo, rto, backup } = &drilled;
    let json = json!({
        "store": shell.config.store.value.to_string(),
        "commit": rebuilt.commit, "commits_at_the_start": held, "commits_lost": lost_commits,
        "recovery_point_seconds": rpo.as_secs_f64(), "recovery_time_seconds": rto.as_secs_f64(),
        "backup_seconds": backup.map(|backup| backup.as_secs_f64()),
        "records": rebuilt.audit.records, "entries": rebuilt.audit.entries,
    });
    shell.answer(&json, || drilled.in_words(path))?;
    drilled.judge(arguments)
}

/// A folder of the drill's own, gone with it.
struct Scratch(PathBuf);

impl Scratch {
    fn beside(path: &Path) -> Result<Self, Failure> {
        let folder = folder_of(path).join(format!("drill-{}", std::process::id()));
        private_file::create_folder(&folder).map_err(|error| file_failure(&folder, &error))?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left is a copy that nobody uses.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What the drill measured.
struct Drilled {
    rebuilt: Rebuilt,
    /// The store's last commit when it began.
    held: u64,
    lost_commits: u64,
    /// How old the oldest lost commit was.
    rpo: Duration,
    /// From the loss until the restored store was proven.
    rto: Duration,
    /// How long the snapshot took, where one was taken for the drill.
    backup: Option<Duration>,
}

async fn drill(path: &Path, from: Option<&ArchivePlace>, scratch: &Path) -> Result<Drilled, Failure> {
    let source = database(path)?;
    let began = SystemTime.now();
    let (archive, backup) = match from {
        Some(place) => (Archive::open(place, false).map_err(|error| archive_failure(&error))?, None),
        None => {
            let place = ArchivePlace::Folder(scratch.join("backups"));
            let archive = Archive::open(&place, true).map_err(|error| archive_failure(&error))?;
            take_of(path, &archive).await?;
            (archive, Some(since(began)))
        }
    };
    // From here on only what is in the archive is restored from: the copy that a disk would have taken is never read for it.
    let lost_at = SystemTime.now();
    let plan = Plan::make(&archive, Point::Latest).await.map_err(restore_failure)?;
    if plan.store != source.store_id() {
        return Err(Failure::refused(format!(
            "{} holds copies of store {}, and {} is store {}",
            archive.place(),
            plan.store,
            path.display(),
            source.store_id()
        )));
    }
    let restored = scratch.join("restored.db");
    // Whoever was erased since the archive's newest snapshot is not to be compared.
    let known = Known { erasures: KnownErasures::of(path).await, ..Known::default() };
    let rebuilt = rebuild(&archive, &plan, &restored, known, lost_at).await?;
    let rto = since(lost_at);
    compare(&source, &restored, rebuilt.commit).await?;
    let held = source.last_commit();
    let lost_commits = held.saturating_sub(rebuilt.commit);
    let rpo = oldest_lost(&source, rebuilt.commit, lost_at).await?;
    Ok(Drilled { rebuilt, held, lost_commits, rpo, rto, backup })
}

fn database(path: &Path) -> Result<DatabaseFile, Failure> {
    if !path.exists() {
        return Err(Failure::new(Exit::Store, format!("there is no database {}", path.display())));
    }
    DatabaseFile::open(path).map_err(|error| store::open_error(&error))
}

/// Every commit that was restored is the one that the store holds under its number.
async fn compare(source: &DatabaseFile, restored: &Path, until: u64) -> Result<(), Failure> {
    const CHUNK_BYTES: usize = 4 * 1024 * 1024;
    let restored = database(restored)?;
    let unreadable = |error| Failure::new(Exit::Store, error);
    let mut commit = 0;
    while commit < until.min(source.last_commit()) {
        let ours = source.read_batches(commit, CHUNK_BYTES).await.map_err(unreadable)?;
        let theirs = restored.read_batches(commit, CHUNK_BYTES).await.map_err(unreadable)?;
        // After them the restored store may hold erasures of its own.
        for (ours, theirs) in ours.iter().zip(&theirs).take_while(|(ours, _)| ours.commit <= until) {
            if ours != theirs {
                let message =
                    format!("the restored store holds another commit {} than the store", ours.commit);
                return Err(Failure::new(Exit::Damaged, message));
            }
        }
        match (ours.last(), theirs.last()) {
            (Some(ours), Some(theirs)) => commit = ours.commit.min(theirs.commit),
            _ => {
                let message = format!("the restored store lacks commit {}", commit + 1);
                return Err(Failure::new(Exit::Damaged, message));
            }
        }
    }
    Ok(())
}

async fn oldest_lost(
    source: &DatabaseFile,
    commit: u64,
    lost_at: jiff::Timestamp,
) -> Result<Duration, Failure> {
    let lost = source.read_batches(commit, 0).await.map_err(|error| Failure::new(Exit::Store, error))?;
    let age = lost.first().map(|batch| lost_at.duration_since(batch.time()));
    Ok(age.and_then(|age| Duration::try_from(age).ok()).unwrap_or_default())
}

fn since(time: jiff::Timestamp) -> Duration {
    Duration::try_from(SystemTime.now().duration_since(time)).unwrap_or_default()
}

impl Drilled {
    fn in_words(&self, path: &Path) -> String {
        let Self { rebuilt, held, lost_commits, rpo, rto, backup } = self;
        let taken = backup.map_or_else(String::new, |backup| {
            format!("A snapshot was taken and proven in {:.1} s. ", backup.as_secs_f64())
        });
        let lost = match lost_commits {
            0 => "nothing".to_owned(),
            some => format!("{some} of {held} commits, the oldest {:.1} s old", rpo.as_secs_f64()),
        };
        format!(
            "{taken}{} was restored to a copy: commit {}, {} records, {} entries, each the same as in the store.\n\
             Lost (RPO): {lost}. From the loss to a proven store (RTO): {:.1} s.\n",
            path.display(),
            rebuilt.commit,
            rebuilt.audit.records,
            rebuilt.audit.entries,
            rto.as_secs_f64()
        )
    }

    /// A rehearsal that ends badly must not look like one that ends well.
    fn judge(&self, arguments: &Arguments) -> Result<(), Failure> {
        if self.rto > LONGEST || self.rpo > LONGEST {
            return Err(Failure::new(
                Exit::Damaged,
                "the drill took or lost more than an hour, which the guide promises",
            ));
        }
        // A snapshot of this moment lacks nothing that was there when it was taken.
        if arguments.from.is_none() && self.lost_commits > 0 {
            return Err(Failure::new(
                Exit::Damaged,
                "the drill lost commits that its own snapshot should hold",
            ));
        }
        Ok(())
    }
}
