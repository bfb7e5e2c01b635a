//! What is old enough to go.

use jiff::{SignedDuration, Timestamp};
use vibesheets_core::durability::{SnapshotManifest, names};

use crate::archive::{Archive, ArchiveError, KnownSegment};

/// How long snapshots and segments are kept, in days, unless told otherwise.
pub const RETENTION_DAYS: i64 = 35;

/// What is left, and what went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// Snapshots that are left, by their last commit.
    pub snapshots: Vec<SnapshotManifest>,
    /// Snapshots that went.
    pub snapshots_removed: usize,
    /// Segments that went.
    pub segments_removed: usize,
}

/// How long a snapshot's file may be there before its manifest: whoever writes one is long done or gone by then.
const UNFINISHED_HOURS: i64 = 24;

/// Removes what is not needed to restore any commit since `now` less `days`. The newest snapshot from before that time stays,
/// since restores begin with it, and so does the newest checkpoint; where there is no such snapshot, everything does but old
/// checkpoints. What a crash left of snapshots that never counted goes.
///
/// # Errors
/// [`ArchiveError::Damaged`] where the snapshot that restores would begin with is; nothing was removed then.
/// [`ArchiveError`] otherwise; what was removed by then stays removed, and everything that is left can be restored.
pub async fn prune(archive: &Archive, now: Timestamp, days: i64) -> Result<Kept, ArchiveError> {
    let oldest = now - SignedDuration::from_hours(24 * days);
    let mut snapshots = archive.list_snapshots().await?;
    let is_old = |snapshot: &SnapshotManifest| snapshot.commit_time.is_none_or(|time| time <= oldest);
    let first_needed = snapshots.iter().rposition(is_old);
    let mut kept = Kept::default();
    if let Some(first) = first_needed {
        expect_whole(archive, &snapshots, first).await?;
    }
    for old in snapshots.drain(..first_needed.unwrap_or(0)) {
        archive.remove_snapshot(old.commit).await?;
        kept.snapshots_removed += 1;
    }
    // A snapshot that is younger than the retention says nothing of what came before it.
    if let (Some(_), Some(first)) = (first_needed, snapshots.first()) {
        kept.segments_removed = remove_segments(archive, first.commit).await?;
    }
    remove_checkpoints(archive, oldest).await?;
    archive.remove_unfinished(now - SignedDuration::from_hours(UNFINISHED_HOURS)).await?;
    kept.snapshots = snapshots;
    Ok(kept)
}

/// What would go is all that is left to restore from where the snapshot that restores are to begin with is damaged.
async fn expect_whole(
    archive: &Archive,
    snapshots: &[SnapshotManifest],
    first: usize,
) -> Result<(), ArchiveError> {
    let goes = first > 0 || !superseded(archive, snapshots[first].commit).await?.is_empty();
    if goes && let Some(fault) = archive.verify_snapshot(&snapshots[first]).await? {
        let what = format!("{}: what is older is kept, since it can still be restored", fault.what);
        return Err(archive.damaged(&fault.object, &what));
    }
    Ok(())
}

/// The newest stays: it says all that those before it said.
async fn remove_checkpoints(archive: &Archive, oldest: Timestamp) -> Result<(), ArchiveError> {
    let mut files = archive.list_checkpoints().await?;
    files.pop();
    let first_kept = names::time_of_checkpoint(oldest);
    for file in files.iter().filter(|file| **file < first_kept) {
        archive.remove_checkpoint(file).await?;
    }
    Ok(())
}

/// Oldest first: a crash leaves no gap.
async fn remove_segments(archive: &Archive, first_commit: u64) -> Result<usize, ArchiveError> {
    let superseded = superseded(archive, first_commit).await?;
    for segment in &superseded {
        archive.remove_segment(segment.first_commit).await?;
    }
    Ok(superseded.len())
}

/// Those whose commits the first snapshot holds: each that another one follows which begins no later than its next commit. The
/// last one stays, since a mirror is appended to it.
async fn superseded(archive: &Archive, first_commit: u64) -> Result<Vec<KnownSegment>, ArchiveError> {
    let segments = archive.list_segments().await?;
    let pairs = segments.windows(2).filter(|pair| pair[1].first_commit <= first_commit + 1);
    Ok(pairs.map(|pair| pair[0]).collect())
}
