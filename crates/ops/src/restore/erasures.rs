//! Who was erased, by what an archive's segments tell.

use std::collections::BTreeSet;

use vibesheets_core::{
    MemberId, OrganisationId,
    durability::{Kept, SegmentEnd, names},
    journal::{DirectoryChange, Operation, Payload, PayloadBody, StreamId},
};

use crate::archive::{Archive, ArchiveError};

/// Erased members, by organisation.
pub type ErasedMembers = BTreeSet<(OrganisationId, MemberId)>;

/// What an archive's segments tell of erasures.
#[derive(Debug, Default)]
pub struct SegmentErasures {
    /// Everybody whom any segment tells erased, also after what is restored.
    pub members: ErasedMembers,
    /// Segments that nobody can read to their end, and commits that are in none: whoever was erased there is not known.
    pub unread: Vec<String>,
}

/// What all segments tell; what was recorded up to commit `known` is known otherwise, so that those before it may be gone.
///
/// # Errors
/// [`ArchiveError::Unreachable`]; a segment that is damaged, cut off or missing is named in the answer.
pub async fn erased_in_segments(archive: &Archive, known: u64) -> Result<SegmentErasures, ArchiveError> {
    let mut erasures = SegmentErasures::default();
    let owner = archive.owner().await?.map(|(store, _)| store);
    // Of a segment that cannot be read nobody knows how far it went.
    let mut reached = Some(known);
    for segment in archive.list_segments().await? {
        let first = segment.first_commit;
        if let Some(reached) = reached.filter(|reached| first > reached.saturating_add(1)) {
            erasures.unread.push(format!("what was recorded from commit {} to {}", reached + 1, first - 1));
        }
        let read = match archive.read_segment(segment).await {
            Ok(read) => read.filter(|read| Some(read.store) == owner),
            Err(ArchiveError::Damaged { .. }) => None,
            Err(error) => return Err(error),
        };
        let whole = read.as_ref().filter(|read| read.end == SegmentEnd::Whole);
        if whole.is_none() {
            erasures.unread.push(format!("{}/{}", names::SEGMENTS, names::segment_file(first)));
        }
        reached = whole.map(|whole| known.max(whole.next_commit().saturating_sub(1)));
        for kept in read.iter().flat_map(|read| &read.batches).flat_map(|batch| &batch.records) {
            erasures.members.extend(erased_by(kept));
        }
    }
    Ok(erasures)
}

fn erased_by(kept: &Kept) -> Vec<(OrganisationId, MemberId)> {
    let (StreamId::Organisation(organisation), Operation::MemberErase) =
        (kept.record.stream, kept.record.operation)
    else {
        return Vec::new();
    };
    let payload = kept.payload.as_ref().filter(|payload| payload.is_of(kept.record.digest));
    let Some(Ok(PayloadBody::Directory(changes))) = payload.map(Payload::open) else {
        return Vec::new();
    };
    let members = changes.into_iter().filter_map(|change| match change {
        DirectoryChange::Member(revision) if revision.after.erased => Some((organisation, revision.after.id)),
        _ => None,
    });
    members.collect()
}
