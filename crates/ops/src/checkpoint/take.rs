//! Taking a checkpoint: first every organisation commits to the heads of its members' streams, then the organisations' own heads
//! are signed, which prove all the others.

use std::collections::HashMap;

use vibesheets_core::{
    OrganisationId,
    actions::{Context, heads::Commitments},
    checkpoint::Checkpoint,
    journal::StreamId,
    store::{Store, StoreError},
};

/// Streams named at a time.
const CHUNK_STREAMS: usize = 500;

/// Takes one checkpoint after the other, and remembers in between what was committed to.
#[derive(Debug, Default)]
pub struct Checkpoints {
    organisations: HashMap<OrganisationId, Commitments>,
}

/// What came of taking one.
#[derive(Debug, Default)]
pub struct TakenCheckpoint {
    /// The checkpoint; `None` where no organisation is in it.
    pub checkpoint: Option<Checkpoint>,
    /// Organisations that are not in it, and why.
    pub left_out: Vec<(OrganisationId, StoreError)>,
}

impl Checkpoints {
    /// A checkpoint of all organisations as they are now, of which one that cannot be read keeps no other from being in it. Where
    /// nothing changed it is the one before.
    ///
    /// # Errors
    /// The store's where organisations cannot be listed.
    pub async fn take(&mut self, context: Context<'_>) -> Result<TakenCheckpoint, StoreError> {
        let (mut heads, mut left_out) = (Vec::new(), Vec::new());
        for id in organisations(context.store).await? {
            let commitments = self.organisations.entry(id).or_insert_with(|| Commitments::of(id));
            match commitments.commit(context).await {
                Ok((moved, head)) => {
                    tracing::debug!(organisation = %id, moved, "committed to heads");
                    heads.push((StreamId::Organisation(id), head));
                }
                Err(error) => left_out.push((id, error)),
            }
        }
        let checkpoint = (!heads.is_empty()).then(|| Checkpoint::of(heads));
        Ok(TakenCheckpoint { checkpoint, left_out })
    }
}

/// Their streams come first.
async fn organisations(store: &dyn Store) -> Result<Vec<OrganisationId>, StoreError> {
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let streams = store.list_streams(after, CHUNK_STREAMS).await?;
        for stream in &streams {
            match stream {
                StreamId::Organisation(id) => found.push(*id),
                _ => return Ok(found),
            }
        }
        match streams.last() {
            Some(last) if streams.len() == CHUNK_STREAMS => after = Some(*last),
            _ => return Ok(found),
        }
    }
}
