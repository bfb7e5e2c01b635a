//! A database from an archive: what `restore` and `drill` do.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use vibesheets_core::{StoreId, audit::Audit, checkpoint::PublicKey};
use vibesheets_ops::{
    archive::Archive,
    checkpoint::{CheckpointFault, KeptCheckpoints},
    restore::{Plan, Point},
};
use vibesheets_store_sqlite::{Rebuild, Snapshot, Until};

use crate::{
    checkpoints::{Reached, own, reached},
    erasures::{self, KnownErasures, Reapplied},
    failure::{Exit, Failure},
    new_database::{NewDatabase, remove},
    output::Progress,
    paths::with_suffix,
    proof, store,
};

/// What was restored, proven.
pub struct Rebuilt {
    /// The new store.
    pub store: StoreId,
    /// Its last commit.
    pub commit: u64,
    /// Members who were erased since, or were said to be, and whom the restored store holds no longer.
    pub erased: Reapplied,
    /// What was walked to prove it.
    pub audit: Audit,
    /// What of the archive's checkpoints it was held against.
    pub checkpoints: Held,
    /// What the database is called now that was there before.
    pub replaced: Option<PathBuf>,
}

/// How many checkpoints there were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Held {
    /// Which it bears out, as far as it goes.
    pub held: usize,
    /// Which saw more than it holds.
    pub ahead: usize,
    /// Which nobody could tell from forged ones, for want of a key.
    pub unread: usize,
}

/// What is known beside the archive that a database is rebuilt from.
#[derive(Default)]
pub struct Known<'a> {
    /// Who was erased.
    pub erasures: KnownErasures,
    /// What the archive's checkpoints are signed with; without it they prove nothing.
    pub key: Option<&'a PublicKey>,
    /// Whether nothing is restored that no checkpoint proves.
    pub must_be_proven: bool,
}

/// Makes the database that `plan` describes, proves it, and only then gives it its name.
///
/// # Errors
/// [`Failure`]; it is not there then, and what it was to replace still is.
pub async fn rebuild(
    archive: &Archive,
    plan: &Plan,
    database: NewDatabase,
    known: Known<'_>,
    now: Timestamp,
) -> Result<Rebuilt, Failure> {
    let unfinished = database.unfinished();
    // Left by one that was interrupted.
    remove(unfinished)?;
    match rebuild_at(archive, plan, unfinished, known, now).await {
        Ok(rebuilt) => Ok(Rebuilt { replaced: database.finish()?, ..rebuilt }),
        Err(failure) => {
            remove(unfinished)?;
            Err(failure)
        }
    }
}

async fn rebuild_at(
    archive: &Archive,
    plan: &Plan,
    path: &Path,
    known: Known<'_>,
    now: Timestamp,
) -> Result<Rebuilt, Failure> {
    let commit = write_again(archive, plan, path).await?;
    let (KeptCheckpoints { signed, faults, .. }, unread) = own(archive, known.key).await?;
    if let Some(CheckpointFault { object, what }) = faults.first() {
        let message =
            format!("{object} of {} {what}: somebody changed it, or what it proves", archive.place());
        return Err(Failure::new(Exit::Damaged, message));
    }
    let Reached { checkpoints, ahead } = reached(path, signed).await?;
    if known.must_be_proven && checkpoints.is_empty() {
        let message =
            format!("{} holds no checkpoint of that key that proves what would be restored", archive.place());
        return Err(Failure::new(Exit::Damaged, message));
    }
    let scratch = with_suffix(path, ".newest");
    remove(&scratch)?;
    let erased = erasures::reapply(archive, path, &scratch, known.erasures).await;
    remove(&scratch)?;
    let erased = erased?;
    let snapshot = Snapshot::open(path).map_err(|error| store::open_error(&error))?;
    let progress = Progress::spinner("Proving");
    let told = |audit: &Audit| progress.say(format!("Proving: {} records", audit.records));
    let audit = proof::prove(&snapshot, now, &checkpoints, &told)
        .await
        .map_err(|error| Failure::new(Exit::Store, error))?;
    if let Some(finding) = audit.findings.first() {
        let message =
            format!("what {} holds is not proven: {finding}; restore an earlier commit", archive.place());
        return Err(Failure::new(Exit::Damaged, message));
    }
    drop(snapshot);
    let store =
        vibesheets_store_sqlite::DatabaseFile::open(path).map_err(|error| store::open_error(&error))?;
    let store = vibesheets_core::durability::Durability::store_id(&store);
    let checkpoints = Held { held: checkpoints.len(), ahead, unread };
    Ok(Rebuilt { store, commit, erased, audit, checkpoints, replaced: None })
}

/// Writes the database that `plan` describes to a new file at `path`, and returns its last commit; it is not proven yet.
///
/// # Errors
/// [`Failure`]; what is at `path` is of no use then.
pub async fn write_again(archive: &Archive, plan: &Plan, path: &Path) -> Result<u64, Failure> {
    match plan.within_snapshot {
        None => from_segments(archive, plan, path).await,
        Some(point) => from_journal(archive, plan, path, point).await,
    }
}

async fn from_segments(archive: &Archive, plan: &Plan, path: &Path) -> Result<u64, Failure> {
    if let Some(snapshot) = &plan.snapshot {
        archive.fetch_snapshot(snapshot, path).await.map_err(|error| archive_failure(&error))?;
    }
    let mut target = Rebuild::begin(path).map_err(|error| store::open_error(&error))?;
    let until = plan.commit.map_or(0, |(commit, _)| commit);
    let progress = Progress::of_count("Restoring");
    plan.replay(archive, &mut target, &|commit| progress.at(commit, until)).await.map_err(restore_failure)?;
    finish(target, path)?;
    Ok(until)
}

/// The snapshot holds more than is wanted: its own journal is written again.
async fn from_journal(archive: &Archive, plan: &Plan, path: &Path, point: Point) -> Result<u64, Failure> {
    let Some(snapshot) = &plan.snapshot else { return Err(Failure::internal("a plan within no snapshot")) };
    let source = with_suffix(path, ".snapshot");
    remove(&source)?;
    archive.fetch_snapshot(snapshot, &source).await.map_err(|error| archive_failure(&error))?;
    let replayed = replay_journal(&source, path, snapshot.commit, point);
    remove(&source)?;
    replayed
}

fn replay_journal(source: &Path, path: &Path, whole: u64, point: Point) -> Result<u64, Failure> {
    let mut target = Rebuild::begin(path).map_err(|error| store::open_error(&error))?;
    let until = match point {
        Point::Latest => Until::Commit(whole),
        Point::Commit(commit) => Until::Commit(commit),
        Point::Time(time) => Until::Time(time),
    };
    let progress = Progress::of_count("Restoring");
    let replayed = target.replay_journal_of(source, until, &|commit| progress.at(commit, whole));
    let commit = replayed.map_err(|error| Failure::new(Exit::Damaged, error))?;
    let commit = commit.ok_or_else(|| Failure::refused("nothing had been recorded by then"))?;
    finish(target, path)?;
    Ok(commit)
}

fn finish(target: Rebuild, path: &Path) -> Result<(), Failure> {
    target.finish(path).map(drop).map_err(|error| Failure::new(Exit::Store, error))
}

/// Why an archive could not be used.
pub fn archive_failure(error: &vibesheets_ops::archive::ArchiveError) -> Failure {
    use vibesheets_ops::archive::ArchiveError::{Damaged, Gone, NotWritten, Unreachable};
    match error {
        Damaged { .. } => Failure::new(Exit::Damaged, error),
        Unreachable { .. } | Gone { .. } | NotWritten { .. } => Failure::new(Exit::Store, error),
        _ => Failure::refused(error),
    }
}

/// Why nothing was restored.
pub fn restore_failure(error: vibesheets_ops::restore::RestoreError) -> Failure {
    use vibesheets_ops::restore::RestoreError::{Archive, Gap, Replay};
    match error {
        Archive(error) => archive_failure(&error),
        error @ (Gap { .. } | Replay(_)) => Failure::new(Exit::Damaged, error),
        error => Failure::refused(error),
    }
}
