//! What will be restored, and what will not.

use jiff::Timestamp;
use vibesheets_core::{
    StoreId,
    durability::{Segment, SegmentEnd, SnapshotManifest, names},
};

use super::{
    RestoreError,
    last_at::{LastAt, last_at},
};
use crate::archive::{Archive, ArchiveError, KnownSegment};

/// Which state to bring back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// The last commit.
    Latest,
    /// The commit with this number, and all before it.
    Commit(u64),
    /// The last commit that was made at this time or before, and all before it.
    Time(Timestamp),
}

/// What will be restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The store that it was.
    pub store: StoreId,
    /// The snapshot to begin with; `None` to begin with nothing.
    pub snapshot: Option<SnapshotManifest>,
    /// The point, where it lies before the snapshot's end: then the snapshot's own journal is written again up to it.
    pub within_snapshot: Option<Point>,
    /// The last commit; unknown until then where the point lies within the snapshot.
    pub commit: Option<(u64, Option<Timestamp>)>,
    /// What the archive holds beyond it, and what it lacks.
    pub left: Left,
    pub(super) segments: Vec<KnownSegment>,
    pub(super) place: String,
}

/// What is not restored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Left {
    /// The last commit that the archive holds, where that is a later one.
    pub archive_ends_with: Option<(u64, Option<Timestamp>)>,
    /// A group at the archive's end that is not whole.
    pub torn: Option<String>,
}

impl Plan {
    /// Chooses what leads to `point`; reads every segment on the way.
    ///
    /// # Errors
    /// [`RestoreError`] that says what there is instead.
    pub async fn make(archive: &Archive, point: Point) -> Result<Self, RestoreError> {
        let snapshots = archive.list_snapshots().await?;
        let segments = archive.list_segments().await?;
        let place = archive.place().to_string();
        let Some((store, _)) = archive.owner().await? else {
            return Err(ArchiveError::Empty { place }.into());
        };
        for snapshot in &snapshots {
            if snapshot.store != store {
                let (object, found) = (names::manifest_file(snapshot.commit), snapshot.store);
                return Err(ArchiveError::Foreign { place, object, found, expected: store }.into());
            }
        }
        let until = match point {
            Point::Latest => None,
            Point::Commit(commit) => Some(commit),
            Point::Time(time) => match last_at(archive, snapshots.last(), &segments, time).await? {
                LastAt::Commit(commit) => Some(commit),
                LastAt::Within(snapshot) => {
                    return Self::within(archive, snapshot, point, &segments, place).await;
                }
            },
        };
        let before = |snapshot: &&SnapshotManifest| until.is_none_or(|until| snapshot.commit <= until);
        let snapshot = snapshots.iter().rev().find(before);
        let later = snapshots.iter().find(|snapshot| !before(snapshot));
        // Whatever was asked for, from here on it is a commit.
        let point = until.map_or(Point::Latest, Point::Commit);
        let mut way = Way::after(snapshot, store, place.clone());
        if let (None, Some(oldest)) = (snapshot, later)
            && segments.first().is_none_or(|first| first.first_commit > 1)
        {
            return Self::within(archive, oldest, point, &segments, place).await;
        }
        let reached = way.walk(archive, &segments, until).await.and_then(|()| way.reached(until));
        let (commit, time) = match (reached, later) {
            // What no segment holds, the next snapshot does.
            (Err(RestoreError::Gap { .. } | RestoreError::CommitAfterEnd { .. }), Some(later)) => {
                return Self::within(archive, later, point, &segments, place).await;
            }
            (reached, _) => reached?,
        };
        let ends_with = Some((way.last, way.last_time)).filter(|(last, _)| *last > commit);
        Ok(Self {
            store,
            snapshot: snapshot.cloned(),
            within_snapshot: None,
            commit: Some((commit, time)),
            left: Left { archive_ends_with: ends_with, torn: way.torn },
            segments: way.needed,
            place,
        })
    }

    /// A snapshot holds the whole journal before it.
    async fn within(
        archive: &Archive,
        snapshot: &SnapshotManifest,
        point: Point,
        segments: &[KnownSegment],
        place: String,
    ) -> Result<Self, RestoreError> {
        let mut end = (snapshot.commit, snapshot.commit_time);
        if let Some(last) = segments.last()
            && let Some(segment) = archive.read_segment(*last).await?
            && let Some(batch) = segment.batches.last()
        {
            end = (batch.commit, Some(batch.time()));
        }
        Ok(Self {
            store: snapshot.store,
            snapshot: Some(snapshot.clone()),
            within_snapshot: Some(point),
            commit: None,
            left: Left { archive_ends_with: Some(end), torn: None },
            segments: Vec::new(),
            place,
        })
    }
}

/// The way from a snapshot through the segments.
struct Way {
    store: StoreId,
    place: String,
    next_commit: u64,
    last: u64,
    last_time: Option<Timestamp>,
    /// When the commit was made that was asked for, once it is reached.
    time: Option<Timestamp>,
    needed: Vec<KnownSegment>,
    torn: Option<String>,
}

impl Way {
    fn after(snapshot: Option<&SnapshotManifest>, store: StoreId, place: String) -> Self {
        let (last, last_time) = snapshot.map_or((0, None), |found| (found.commit, found.commit_time));
        let (needed, torn) = (Vec::new(), None);
        Self { store, place, next_commit: last + 1, last, last_time, time: last_time, needed, torn }
    }

    async fn walk(
        &mut self,
        archive: &Archive,
        segments: &[KnownSegment],
        until: Option<u64>,
    ) -> Result<(), RestoreError> {
        let covered =
            segments.partition_point(|known| known.first_commit <= self.next_commit).saturating_sub(1);
        for known in &segments[covered.min(segments.len())..] {
            let Some(segment) = archive.read_segment(*known).await? else {
                self.torn = Some(format!("{} holds nothing whole", names::segment_file(known.first_commit)));
                continue;
            };
            self.take(*known, &segment, until)?;
            if until.is_some_and(|until| self.last >= until) {
                self.end(archive, segments).await?;
                return Ok(());
            }
        }
        Ok(())
    }

    fn take(
        &mut self,
        known: KnownSegment,
        segment: &Segment,
        until: Option<u64>,
    ) -> Result<(), RestoreError> {
        let object = names::segment_file(known.first_commit);
        if segment.store != self.store {
            let (place, found, expected) = (self.place.clone(), segment.store, self.store);
            return Err(ArchiveError::Foreign { place, object, found, expected }.into());
        }
        if segment.first_commit > self.next_commit {
            return Err(RestoreError::Gap {
                place: self.place.clone(),
                first: self.next_commit,
                last: segment.first_commit - 1,
                object,
                restorable: self.last,
            });
        }
        self.torn = match &segment.end {
            SegmentEnd::Whole => None,
            SegmentEnd::Torn { line, fault, .. } => Some(format!("{object} line {line} {fault}")),
        };
        self.needed.push(known);
        for batch in segment.batches.iter().filter(|batch| batch.commit >= self.next_commit) {
            (self.last, self.last_time) = (batch.commit, Some(batch.time()));
            if until.is_none_or(|until| batch.commit <= until) {
                self.time = self.last_time;
            }
        }
        self.next_commit = self.next_commit.max(segment.next_commit());
        Ok(())
    }

    /// The way ends before the archive does; how far that goes is told.
    async fn end(&mut self, archive: &Archive, segments: &[KnownSegment]) -> Result<(), RestoreError> {
        if let Some(last) = segments.last()
            && let Some(segment) = archive.read_segment(*last).await?
            && let Some(batch) = segment.batches.last()
            && batch.commit > self.last
        {
            (self.last, self.last_time) = (batch.commit, Some(batch.time()));
        }
        Ok(())
    }

    fn reached(&self, until: Option<u64>) -> Result<(u64, Option<Timestamp>), RestoreError> {
        match until {
            Some(asked) if asked > self.last => {
                Err(RestoreError::CommitAfterEnd { place: self.place.clone(), asked, last: self.last })
            }
            until => Ok((until.unwrap_or(self.last), self.time)),
        }
    }
}
