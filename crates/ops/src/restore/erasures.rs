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
    /// Segments that nobody can read to their end, of which whoever was erased there is not known.
    pub unread: Vec<String>,
}

/// What all segments tell.
///
/// # Errors
/// [`ArchiveError::Unreachable`]; a segment that is damaged or cut off is named in the answer.
pub async fn erased_in_segments(archive: &Archive) -> Result<SegmentErasures, ArchiveError> {
    let mut erasures = SegmentErasures::default();
    for known in archive.list_segments().await? {
        let segment = match archive.read_segment(known).await {
            Ok(segment) => segment,
            Err(ArchiveError::Damaged { .. }) => None,
            Err(error) => return Err(error),
        };
        if !segment.as_ref().is_some_and(|segment| segment.end == SegmentEnd::Whole) {
            erasures.unread.push(format!("{}/{}", names::SEGMENTS, names::segment_file(known.first_commit)));
        }
        for kept in segment.iter().flat_map(|segment| &segment.batches).flat_map(|batch| &batch.records) {
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
    let Some(Ok(PayloadBody::Directory(changes))) = kept.payload.as_ref().map(Payload::open) else {
        return Vec::new();
    };
    let members = changes.into_iter().filter_map(|change| match change {
        DirectoryChange::Member(revision) if revision.after.erased => Some((organisation, revision.after.id)),
        _ => None,
    });
    members.collect()
}
