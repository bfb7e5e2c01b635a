//! Where in an archive a record stands.

use vibesheets_core::{durability::names, journal::StreamId};

use crate::archive::{Archive, ArchiveError};

/// The file that holds a record, with its line where that has lines: a segment, or else the oldest snapshot that could.
///
/// # Errors
/// [`ArchiveError`] where the archive cannot be read.
pub async fn locate(archive: &Archive, stream: StreamId, seq: u64) -> Result<String, ArchiveError> {
    for known in archive.list_segments().await? {
        let Some(segment) = archive.read_segment(known).await? else { continue };
        let holds = |batch: &vibesheets_core::durability::Batch| {
            batch.records.iter().any(|kept| kept.record.stream == stream && kept.record.seq == seq)
        };
        // The first line is the segment's own.
        if let Some(line) = segment.batches.iter().position(holds) {
            let file = names::segment_file(known.first_commit);
            return Ok(format!("{}/{file} line {}", names::SEGMENTS, line + 2));
        }
    }
    let snapshots = archive.list_snapshots().await?;
    Ok(snapshots.first().map_or_else(
        || "no file".to_owned(),
        |first| format!("{}/{}", names::SNAPSHOTS, names::snapshot_file(first.commit)),
    ))
}
