//! Where shipping goes on after a start.

use std::path::Path;

use vibesheets_core::durability::{Batch, Durability, Segment, names};

use super::ShippingError;
use crate::{
    archive::{Archive, ArchiveError},
    backup,
};

/// The last commit that `archive` holds of `source`, after making sure that it is the same one there.
pub(super) async fn resume(
    source: &dyn Durability,
    archive: &Archive,
    scratch: &Path,
) -> Result<u64, ShippingError> {
    archive.belongs_to(source.store_id()).await?;
    let (held, place) = (source.last_commit(), archive.place().to_string());
    if let Some(segment) = newest_segment(archive).await? {
        return shipped_before(source, archive, &segment).await;
    }
    let archived = match archive.list_snapshots().await?.pop() {
        Some(snapshot) => snapshot.commit,
        None if held == 0 => 0,
        None => backup::take(source, archive, scratch).await?.commit,
    };
    if archived > held {
        return Err(ShippingError::Ahead { place, archived, held });
    }
    Ok(archived)
}

/// The last commit of a segment that `archive` holds, after making sure that it is the same one in `source`: then all before it
/// are, since each names the hash of the one before.
pub(super) async fn shipped_before(
    source: &dyn Durability,
    archive: &Archive,
    segment: &Segment,
) -> Result<u64, ShippingError> {
    let (archived, held) = (segment.next_commit() - 1, source.last_commit());
    let place = archive.place().to_string();
    if archived > held {
        return Err(ShippingError::Ahead { place, archived, held });
    }
    if let Some(last) = segment.batches.last() {
        let same = source.read_batches(archived - 1, 0).await?;
        if same.first().map(hashes) != Some(hashes(last)) || segment.store != source.store_id() {
            let object = names::segment_file(segment.first_commit);
            return Err(ArchiveError::Diverged { place, object }.into());
        }
    }
    Ok(archived)
}

async fn newest_segment(archive: &Archive) -> Result<Option<Segment>, ArchiveError> {
    for known in archive.list_segments().await?.into_iter().rev() {
        if let Some(segment) = archive.read_segment(known).await? {
            return Ok(Some(segment));
        }
    }
    Ok(None)
}

fn hashes(batch: &Batch) -> Vec<vibesheets_core::journal::Hash> {
    batch.records.iter().map(|kept| kept.record.hash).collect()
}
