//! What is left to move.

use std::collections::HashSet;

use futures_util::{StreamExt, TryStreamExt, stream};

use super::{AT_ONCE, MoveError, Moved, RecordSource, Side};
use crate::{
    journal::StreamId,
    store::{Store, StoreError},
};

/// Streams named at a time.
const CHUNK_STREAMS: usize = 500;

/// A stream and how much of it is in the target.
#[derive(Debug, Clone, Copy)]
pub(super) struct Left {
    pub stream: StreamId,
    /// The target's last record.
    pub from: u64,
    /// The source's last record.
    pub to: u64,
}

pub(super) struct Plan {
    pub accounts: Vec<Left>,
    pub organisations: Vec<Left>,
    pub members: Vec<Left>,
    pub moved: Moved,
}

impl Plan {
    pub async fn make(source: &(impl RecordSource + ?Sized), target: &dyn Store) -> Result<Self, MoveError> {
        let (accounts, organisations, members) = (Vec::new(), Vec::new(), Vec::new());
        let mut plan = Self { accounts, organisations, members, moved: Moved::default() };
        let mut after = None;
        loop {
            let streams = source.list_streams(after, CHUNK_STREAMS).await.map_err(Side::Source.failed())?;
            let left = stream::iter(streams.iter().copied()).map(|stream| left(source, target, stream));
            let left: Vec<Left> = left.buffered(AT_ONCE).try_collect().await?;
            left.into_iter().for_each(|left| plan.add(left));
            match streams.last() {
                Some(last) if streams.len() == CHUNK_STREAMS => after = Some(*last),
                _ => break,
            }
        }
        // A store that others live in is no place to move to.
        match plan.other_stream(target).await.map_err(Side::Target.failed())? {
            Some(stream) => Err(MoveError::Occupied { stream }),
            None => Ok(plan),
        }
    }

    /// What is planned.
    pub fn streams(&self) -> impl Iterator<Item = StreamId> {
        self.accounts.iter().chain(&self.organisations).chain(&self.members).map(|left| left.stream)
    }

    /// A stream of `store` that is not planned, if there is one.
    pub async fn other_stream(
        &self,
        store: &(impl RecordSource + ?Sized),
    ) -> Result<Option<StreamId>, StoreError> {
        let known: HashSet<StreamId> = self.streams().collect();
        let mut after = None;
        loop {
            let streams = RecordSource::list_streams(store, after, CHUNK_STREAMS).await?;
            if let Some(stream) = streams.iter().find(|stream| !known.contains(stream)) {
                return Ok(Some(*stream));
            }
            match streams.last() {
                Some(last) if streams.len() == CHUNK_STREAMS => after = Some(*last),
                _ => return Ok(None),
            }
        }
    }

    fn add(&mut self, left: Left) {
        self.moved.streams += 1;
        self.moved.records += left.to;
        self.moved.moved += left.from;
        self.moved.found += left.from;
        match left.stream {
            StreamId::Account(_) => self.accounts.push(left),
            StreamId::Organisation(_) => self.organisations.push(left),
            StreamId::Member(..) => self.members.push(left),
        }
    }
}

/// What the target holds of a stream must be a beginning of what the source holds: the same record at its head proves the
/// whole chain before it.
async fn left(
    source: &(impl RecordSource + ?Sized),
    target: &dyn Store,
    stream: StreamId,
) -> Result<Left, MoveError> {
    let here = source.head(stream).await.map_err(Side::Source.failed())?;
    let there = target.head(stream).await.map_err(Side::Target.failed())?;
    if there.seq > 0 {
        let same = source.read_kept(stream, there.seq - 1, 1).await.map_err(Side::Source.failed())?;
        if same.first().is_none_or(|kept| kept.record.hash != there.hash) {
            return Err(MoveError::Diverged { stream, seq: there.seq });
        }
    }
    Ok(Left { stream, from: there.seq, to: here.seq })
}
