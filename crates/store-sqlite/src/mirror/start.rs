//! Bringing mirror and database to one state before anybody writes.

use std::{
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
};

use rusqlite::Connection;
use vibesheets_core::{
    StoreId,
    durability::{Batch, SegmentEnd, names},
};

use super::{
    AppendFailure, Mirror, MirrorError, MirrorOptions,
    append::Last,
    folder::{Folder, SegmentFile},
};
use crate::{Failure, journal, open, replay::replay, snapshot};

/// Commits read or written at a time, by the size of their payloads.
const CHUNK_BYTES: usize = 1024 * 1024;

/// The mirror beside the database at `path`, and the database's last commit, which may be the mirror's by now. `None` where
/// the mirror is optional and its disk is not there.
pub(crate) fn beside(
    options: &MirrorOptions,
    store: StoreId,
    path: &Path,
    connection: &Connection,
    last_commit: u64,
    behind: &AtomicU64,
) -> Result<(Option<Mirror>, u64), MirrorError> {
    match start(&options.folder, store, path, connection, last_commit) {
        Ok((mirror, last_commit)) => Ok((Some(mirror), last_commit)),
        Err(error) if options.optional && error.is_absence() => {
            tracing::error!(%error, "going on without the mirror until the next start");
            behind.store(u64::MAX, Ordering::Relaxed);
            Ok((None, last_commit))
        }
        Err(error) => Err(error),
    }
}

/// Opens the mirror of `store`, whose database ends with `last_commit`: what the mirror holds beyond that is written to the
/// database, what it lacks is appended to it.
fn start(
    folder: &Path,
    store: StoreId,
    database: &Path,
    connection: &Connection,
    last_commit: u64,
) -> Result<(Mirror, u64), MirrorError> {
    let folder = Folder::open(folder)?;
    let path = folder.path.clone();
    let tail = Tail::read(&folder, store, last_commit)?;
    let Some(newest) = tail.files.last() else {
        folder.holds_nothing_else(store, last_commit)?;
        if last_commit > 0 {
            first_snapshot(&folder, database)?;
        }
        return Ok((Mirror::new(folder, store, None, last_commit), last_commit));
    };
    let mirrored = newest.segment.next_commit() - 1;
    tail.agrees(&path, connection, last_commit.min(mirrored))?;
    let ahead = tail.after(last_commit);
    let last = settle_newest(&folder, newest)?;
    let rolled_forward = roll_forward(&path, connection, last_commit, &ahead)?;
    let mut mirror = Mirror::new(folder, store, Some(last), mirrored);
    catch_up(connection, &mut mirror).map_err(|failure| MirrorError::unusable(&path, &failure))?;
    Ok((mirror, rolled_forward))
}

/// What was before the mirror: its segments begin after it.
fn first_snapshot(folder: &Folder, database: &Path) -> Result<(), MirrorError> {
    let unusable = |error: &dyn ToString| MirrorError::unusable(&folder.path, error);
    let snapshots = folder.path.join(names::SNAPSHOTS);
    tracing::info!(mirror = %folder.path.display(), "writing a snapshot of the database to its new mirror");
    let unnamed = snapshots.join("first.db");
    let manifest = snapshot::write(database, &unnamed).map_err(|error| unusable(&error))?;
    let named = snapshots.join(names::snapshot_file(manifest.commit));
    std::fs::rename(&unnamed, named).map_err(|error| unusable(&error))?;
    snapshot::write_manifest(&snapshots, &manifest).map_err(|error| unusable(&error))
}

/// The last segments: as many as reach back to the database's last commit.
struct Tail {
    files: Vec<SegmentFile>,
}

impl Tail {
    fn read(folder: &Folder, store: StoreId, last_commit: u64) -> Result<Self, MirrorError> {
        let mut files: Vec<SegmentFile> = Vec::new();
        for first_commit in folder.list()?.into_iter().rev() {
            let Some(file) = folder.read(first_commit, store)? else {
                // Torn before it held anything; its place is needed by the next segment.
                let torn = folder.segments().join(names::segment_file(first_commit));
                std::fs::remove_file(torn).map_err(|error| MirrorError::unusable(&folder.path, &error))?;
                continue;
            };
            if let Some(next) = files.last()
                && file.segment.next_commit() != next.segment.first_commit
            {
                let what = format!(
                    "begins with commit {}, and the segment before it ends before commit {}",
                    next.segment.first_commit,
                    file.segment.next_commit()
                );
                return Err(MirrorError::Damaged { file: next.path.clone(), what });
            }
            let reaches_back = file.segment.first_commit <= last_commit;
            files.push(file);
            if reaches_back {
                break;
            }
        }
        files.reverse();
        Ok(Self { files })
    }

    fn batches(&self) -> impl Iterator<Item = &Batch> {
        self.files.iter().flat_map(|file| &file.segment.batches)
    }

    /// The same commit must be the same on both sides; then all before it is, since each names the hash of the one before.
    fn agrees(&self, folder: &Path, connection: &Connection, commit: u64) -> Result<(), MirrorError> {
        let Some(mirrored) = self.batches().find(|batch| batch.commit == commit) else { return Ok(()) };
        let unreadable = |failure: Failure| MirrorError::unusable(folder, &failure.error);
        let held = journal::batches(connection, commit - 1, 0).map_err(unreadable)?;
        let hashes =
            |batch: &Batch| -> Vec<_> { batch.records.iter().map(|kept| kept.record.hash).collect() };
        if held.first().map(hashes) == Some(hashes(mirrored)) {
            return Ok(());
        }
        let what = format!("commit {commit} is another there than in the database");
        Err(MirrorError::Foreign { folder: folder.to_owned(), what })
    }

    fn after(&self, commit: u64) -> Vec<Batch> {
        self.batches().filter(|batch| batch.commit > commit).cloned().collect()
    }
}

fn roll_forward(
    folder: &Path,
    connection: &Connection,
    last_commit: u64,
    ahead: &[Batch],
) -> Result<u64, MirrorError> {
    let Some(newest) = ahead.last() else { return Ok(last_commit) };
    tracing::warn!(
        from = last_commit + 1,
        to = newest.commit,
        "the mirror holds commits that the database lacks; writing them there"
    );
    replay(connection, last_commit, ahead).map_err(|error| MirrorError::NotRolledForward {
        folder: folder.to_owned(),
        reason: error.to_string(),
    })
}

/// What a power cut left of a group that nobody was told of goes; the next group takes its place. What stays counts from now on,
/// so it is put on the disk: whoever wrote it may have been killed before.
fn settle_newest(folder: &Folder, newest: &SegmentFile) -> Result<Last, MirrorError> {
    let unusable = |error: std::io::Error| MirrorError::unusable(&folder.path, &error);
    let file = std::fs::File::options().write(true).open(&newest.path).map_err(unusable)?;
    let bytes = match newest.segment.end {
        SegmentEnd::Whole => file.metadata().map_err(unusable)?.len(),
        SegmentEnd::Torn { whole_bytes, .. } => {
            file.set_len(whole_bytes).map_err(unusable)?;
            whole_bytes
        }
    };
    file.sync_all().and_then(|()| open::sync_folder(&folder.segments())).map_err(unusable)?;
    Ok(Last::of(file, newest.path.clone(), bytes))
}

/// Appends what the database holds and the mirror lacks, after a time without it.
pub(crate) fn catch_up(connection: &Connection, mirror: &mut Mirror) -> Result<(), AppendFailure> {
    loop {
        let batches = journal::batches(connection, mirror.last_commit, CHUNK_BYTES)
            .map_err(|failure| AppendFailure::NotWritten(failure.error.to_string()))?;
        if batches.is_empty() {
            return Ok(());
        }
        mirror.append(&batches)?;
    }
}
