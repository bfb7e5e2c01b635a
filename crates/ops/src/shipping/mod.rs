//! Shipping: what was committed goes to an archive in segments that are never touched again, at most
//! [`CUT_AFTER`] or [`CUT_BYTES`] at a time. What was acknowledged and not shipped yet is what a lost disk takes with it.

mod lag;
mod resume;

use std::{path::PathBuf, sync::Arc, time::Duration};

use tokio::{sync::watch, time::Instant};
use vibesheets_core::{
    durability::{Batch, Durability, SegmentWriter},
    store::StoreError,
};

use crate::archive::{Archive, ArchiveError};

pub use lag::{Lag, WORRYING};
use resume::{resume, shipped_before};

/// The longest that a commit waits for others to travel with.
pub const CUT_AFTER: Duration = Duration::from_millis(250);
/// The payloads that are enough for a segment.
pub const CUT_BYTES: usize = 1024 * 1024;
/// How long after a failure until the next attempt.
const PAUSE: Duration = Duration::from_secs(1);

/// Why shipping cannot go on without an operator.
#[derive(Debug, thiserror::Error)]
pub enum ShippingError {
    /// The archive cannot be used for this store.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A commit cannot be written down.
    #[error("commit {commit} cannot be shipped: {what}; run `vibesheets verify`")]
    Commit {
        /// Which.
        commit: u64,
        /// Why.
        what: String,
    },
    /// The archive holds commits that the store does not.
    #[error(
        "{place} ends with commit {archived}, and the database with commit {held}: the database lost commits, or is an older \
         copy. `vibesheets restore --from {place}` brings them back; to go on with this database name an empty place"
    )]
    Ahead {
        /// Where the archive is.
        place: String,
        /// Its last commit.
        archived: u64,
        /// The store's.
        held: u64,
    },
}

impl ShippingError {
    /// Whether trying again may help.
    const fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Archive(ArchiveError::Unreachable { .. }) | Self::Store(StoreError::Unavailable { .. })
        )
    }
}

/// A replica that is kept.
pub struct Shipping {
    source: Arc<dyn Durability>,
    archive: Archive,
    /// The last commit that the archive holds.
    shipped: u64,
    lag: watch::Sender<Lag>,
}

impl Shipping {
    /// Goes on where the archive ends. An archive that holds nothing gets a snapshot first where the store has a past;
    /// `scratch` is a folder for it.
    ///
    /// # Errors
    /// [`ShippingError`] that says what to do.
    pub async fn begin(
        source: Arc<dyn Durability>,
        archive: Archive,
        scratch: PathBuf,
    ) -> Result<Self, ShippingError> {
        let shipped = resume(&*source, &archive, &scratch).await?;
        Ok(Self { source, archive, shipped, lag: watch::Sender::new(Lag::default()) })
    }

    /// How far behind the archive is, as it changes.
    pub fn lag(&self) -> watch::Receiver<Lag> {
        self.lag.subscribe()
    }

    /// Ships until `stop` is told, then what is left.
    ///
    /// # Errors
    /// [`ShippingError`] that only an operator can mend; what may pass is tried again.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) -> Result<(), ShippingError> {
        loop {
            let told_to_stop = tokio::select! {
                _ = stop.wait_for(|stop| *stop) => true,
                _ = self.source.commit_after(self.shipped) => false,
            };
            self.lag.send_modify(|lag| lag.begin(Instant::now()));
            if !told_to_stop {
                let cut = tokio::time::sleep(CUT_AFTER);
                tokio::select! {
                    () = cut => {}
                    _ = stop.wait_for(|stop| *stop) => {}
                }
            }
            match self.ship().await {
                Ok(()) if told_to_stop => return Ok(()),
                Ok(()) => {}
                Err(error) if error.may_pass() && !told_to_stop => {
                    tracing::warn!(%error, "could not ship; trying again");
                    tokio::time::sleep(PAUSE).await;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Ships all that was committed by now.
    async fn ship(&mut self) -> Result<(), ShippingError> {
        let until = self.source.last_commit();
        while self.shipped < until {
            let batches = self.source.read_batches(self.shipped, CUT_BYTES).await?;
            let (Some(first), Some(last)) = (batches.first(), batches.last()) else { break };
            let (first_commit, last_commit) = (first.commit, last.commit);
            let there = self.archive.put_segment(first_commit, self.segment(&batches, first_commit)?).await?;
            self.shipped = match there {
                None => last_commit,
                // It was sent before and its answer lost, since when more was committed.
                Some(segment) => shipped_before(&*self.source, &self.archive, &segment).await?,
            };
        }
        self.lag.send_modify(Lag::end);
        Ok(())
    }

    fn segment(&self, batches: &[Batch], first_commit: u64) -> Result<Vec<u8>, ShippingError> {
        let mut segment = SegmentWriter::begin(self.source.store_id(), first_commit);
        let commit = |what| ShippingError::Commit { commit: first_commit, what };
        segment.group(batches).map_err(commit)?;
        Ok(segment.into_bytes())
    }
}
