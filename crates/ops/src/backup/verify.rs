//! Whether everything in an archive is as it was written.

use std::{collections::HashMap, time::Duration};

use jiff::Timestamp;
use vibesheets_core::{
    durability::{Segment, SegmentEnd, names},
    journal::{ChainVerifier, StreamId},
};

use crate::archive::{Archive, ArchiveError, KnownSegment};

/// How often it is looked whether a last line that is not whole becomes so.
const LOOKS: usize = 5;
/// Longer than a group of commits takes to be written.
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Snapshots whose files match their manifests.
    pub snapshots: usize,
    /// Segments that were read.
    pub segments: usize,
    /// Commits in them.
    pub commits: u64,
    /// The last commit that can be restored, and its time.
    pub last: Option<(u64, Option<Timestamp>)>,
    /// What is wrong, each with the object that it is in.
    pub findings: Vec<String>,
}

/// Reads everything in `archive`: each snapshot against its digest, each line of each segment against its checksum, each
/// record against its hash and the one before it.
///
/// # Errors
/// [`ArchiveError::Unreachable`] and [`ArchiveError::Empty`]; anything else is a finding.
pub async fn verify(archive: &Archive) -> Result<Verified, ArchiveError> {
    let mut found = Verified::default();
    let mut covered = 0;
    match archive.list_snapshots().await {
        Ok(snapshots) => {
            for manifest in snapshots {
                match archive.verify_snapshot(&manifest).await? {
                    None => found.snapshots += 1,
                    Some(fault) => found.findings.push(format!("{} {}", fault.object, fault.what)),
                }
                covered = manifest.commit;
                found.last = Some((manifest.commit, manifest.commit_time));
            }
        }
        Err(error) => found.add(error)?,
    }
    let segments = archive.list_segments().await?;
    if segments.is_empty() && found.last.is_none() && found.findings.is_empty() {
        return Err(ArchiveError::Empty { place: archive.place().to_string() });
    }
    let mut chains = Chains::default();
    let last = segments.last().copied();
    for known in segments {
        let read = if Some(known) == last {
            settled(archive, known).await
        } else {
            archive.read_segment(known).await
        };
        match read {
            Ok(Some(segment)) => found.segment(&segment, &mut chains, covered),
            Ok(None) => found.findings.push(format!("{} holds nothing: its first line is torn", name(known))),
            Err(error) => {
                chains.broken = true;
                found.add(error)?;
            }
        }
    }
    Ok(found)
}

/// The segment that a mirror is appended to: whoever does that may be in the middle of a line.
async fn settled(archive: &Archive, known: KnownSegment) -> Result<Option<Segment>, ArchiveError> {
    for _ in 0..LOOKS {
        let read = archive.read_segment(known).await?;
        if read.as_ref().is_some_and(|segment| segment.end == SegmentEnd::Whole) {
            return Ok(read);
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    archive.read_segment(known).await
}

fn name(known: KnownSegment) -> String {
    format!("{}/{}", names::SEGMENTS, names::segment_file(known.first_commit))
}

#[derive(Default)]
struct Chains {
    streams: HashMap<StreamId, ChainVerifier>,
    next_commit: Option<u64>,
    /// After a segment that could not be read, the next one begins anew.
    broken: bool,
}

impl Verified {
    fn add(&mut self, error: ArchiveError) -> Result<(), ArchiveError> {
        match error {
            ArchiveError::Damaged { object, what, .. } => {
                self.findings.push(format!("{object} {what}"));
                Ok(())
            }
            other => Err(other),
        }
    }

    fn segment(&mut self, segment: &Segment, chains: &mut Chains, covered: u64) {
        let object = name(KnownSegment { first_commit: segment.first_commit });
        let expected = chains.next_commit.unwrap_or(segment.first_commit);
        if !chains.broken && segment.first_commit != expected {
            self.findings.push(format!(
                "{object} begins with commit {}, and commit {expected} belongs there: what lies between is missing",
                segment.first_commit
            ));
            chains.broken = true;
        }
        if chains.next_commit.is_none() && segment.first_commit > covered + 1 {
            self.findings.push(format!("{object} is the first, and nothing holds the commits before it"));
        }
        if chains.broken {
            *chains = Chains::default();
        }
        for batch in &segment.batches {
            self.commits += 1;
            for kept in &batch.records {
                if let Err(fault) = chains.check(kept) {
                    let (stream, seq) = (kept.record.stream, kept.record.seq);
                    self.findings
                        .push(format!("{object}, commit {}, {stream} record {seq}: {fault}", batch.commit));
                }
            }
            self.last = self.last.max(Some((batch.commit, Some(batch.time()))));
        }
        if let SegmentEnd::Torn { line, fault, .. } = &segment.end {
            self.findings.push(format!("{object} line {line} {fault}"));
        }
        self.segments += 1;
        chains.next_commit = Some(segment.next_commit());
    }
}

impl Chains {
    /// A stream's first record here continues what a snapshot holds.
    fn check(
        &mut self,
        kept: &vibesheets_core::durability::Kept,
    ) -> Result<(), vibesheets_core::journal::Fault> {
        let record = &kept.record;
        let verifier = self.streams.entry(record.stream).or_insert_with(|| ChainVerifier::before(record));
        verifier.check(record, kept.payload.as_ref())
    }
}
