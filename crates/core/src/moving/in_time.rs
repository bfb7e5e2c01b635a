//! Accounts' records in the order of their time.

use std::{cmp::Reverse, collections::BinaryHeap};

use jiff::Timestamp;

use super::RecordSource;
use crate::{durability::Kept, journal::StreamId, store::StoreError};

/// The records of several streams in the order of time, then stream: an address that one account gave up may be another's
/// later, so that only this order can be written again.
pub(crate) struct InTime<'a, S: ?Sized> {
    source: &'a S,
    next: BinaryHeap<Reverse<Next>>,
}

/// The record after `after`; sorts by its time.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Next {
    time: Timestamp,
    stream: StreamId,
    after: u64,
    to: u64,
}

impl<'a, S: RecordSource + ?Sized> InTime<'a, S> {
    /// Of each stream what comes after one record and up to another.
    pub(crate) async fn of(
        source: &'a S,
        streams: impl Iterator<Item = (StreamId, u64, u64)> + Send,
    ) -> Result<Self, StoreError> {
        let mut next = BinaryHeap::new();
        for (stream, after, to) in streams.filter(|(_, after, to)| after < to) {
            if let Some(kept) = source.read_kept(stream, after, 1).await?.pop() {
                next.push(Reverse(Next { time: kept.record.time, stream, after, to }));
            }
        }
        Ok(Self { source, next })
    }

    /// The next record; `None` after the last.
    pub(crate) async fn next(&mut self) -> Result<Option<Kept>, StoreError> {
        let Some(Reverse(Next { stream, after, to, .. })) = self.next.pop() else { return Ok(None) };
        let mut records = self.source.read_kept(stream, after, 2).await?.into_iter();
        let kept = records.next();
        if let Some(following) = records.next().filter(|_| after + 1 < to) {
            self.next.push(Reverse(Next { time: following.record.time, stream, after: after + 1, to }));
        }
        Ok(kept)
    }
}
