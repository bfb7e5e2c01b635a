//! The last commit at a time: by its number, since a clock that was set back gives later commits earlier times.

use jiff::Timestamp;
use vibesheets_core::durability::{SnapshotManifest, names};

use super::RestoreError;
use crate::archive::{Archive, ArchiveError, KnownSegment};

/// Where the last commit at a time is.
pub(super) enum LastAt<'a> {
    /// A segment or a snapshot's end tells which one it is.
    Commit(u64),
    /// No segment holds it, and the journal of the newest snapshot does, if there is one.
    Within(&'a SnapshotManifest),
}

/// The last commit in `archive`, whose newest snapshot is `newest`, that was made at `asked` or before.
///
/// # Errors
/// [`RestoreError`] where the archive ends earlier, begins later, or lacks commits that may be the ones.
pub(super) async fn last_at<'a>(
    archive: &Archive,
    newest: Option<&'a SnapshotManifest>,
    segments: &[KnownSegment],
    asked: Timestamp,
) -> Result<LastAt<'a>, RestoreError> {
    let place = || archive.place().to_string();
    let (mut following, mut first) = (None, None);
    for known in segments.iter().rev() {
        let Some(segment) = archive.read_segment(*known).await? else { continue };
        let Some(last) = segment.batches.last() else { continue };
        match following {
            None => {
                if let Some(newest) = newest.filter(|newest| newest.commit >= last.commit) {
                    return at_snapshot(newest, asked, place());
                }
                if last.time() < asked {
                    return Err(RestoreError::TimeAfterEnd { place: place(), asked, last: last.time() });
                }
            }
            Some(next) if segment.next_commit() < next => {
                return newest.filter(|newest| newest.commit + 1 >= next).map(LastAt::Within).ok_or_else(
                    || RestoreError::Gap {
                        place: place(),
                        first: segment.next_commit(),
                        last: next - 1,
                        object: names::segment_file(next),
                        restorable: last.commit,
                    },
                );
            }
            Some(_) => {}
        }
        if let Some(found) = segment.batches.iter().rfind(|batch| batch.time() <= asked) {
            return Ok(LastAt::Commit(found.commit));
        }
        following = Some(segment.first_commit);
        first = segment.batches.first().map(|batch| batch.time());
    }
    match (newest, first) {
        (Some(newest), None) => at_snapshot(newest, asked, place()),
        (Some(newest), Some(_)) => Ok(LastAt::Within(newest)),
        (None, Some(first)) => Err(RestoreError::TimeBeforeStart { place: place(), asked, first }),
        (None, None) => Err(ArchiveError::Empty { place: place() }.into()),
    }
}

/// In an archive that ends with a snapshot.
fn at_snapshot(
    newest: &SnapshotManifest,
    asked: Timestamp,
    place: String,
) -> Result<LastAt<'_>, RestoreError> {
    match newest.commit_time {
        Some(last) if last < asked => Err(RestoreError::TimeAfterEnd { place, asked, last }),
        Some(last) if last == asked => Ok(LastAt::Commit(newest.commit)),
        _ => Ok(LastAt::Within(newest)),
    }
}
