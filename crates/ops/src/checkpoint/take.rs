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

impl Checkpoints {
    /// A checkpoint of all organisations as they are now; `None` where there is none yet. Where nothing changed it is the one
    /// before.
    ///
    /// # Errors
    /// The store's. What was committed to by then stays, and is not said again.
    pub async fn take(&mut self, context: Context<'_>) -> Result<Option<Checkpoint>, StoreError> {
        let mut heads = Vec::new();
        for id in organisations(context.store).await? {
            let commitments = self.organisations.entry(id).or_insert_with(|| Commitments::of(id));
            let (moved, head) = commitments.commit(context).await?;
            tracing::debug!(organisation = %id, moved, "committed to heads");
            heads.push((StreamId::Organisation(id), head));
        }
        Ok((!heads.is_empty()).then(|| Checkpoint::of(heads)))
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
