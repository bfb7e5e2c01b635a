//! A mirror, a replica or a place of backups, proven without the store that it is of: everything in it is read, the last state is
//! written again in a folder of its own, and proven as a store is.

use vibesheets_core::{
    TimeSource,
    audit::{Audit, Finding, NamedCheckpoint, Place},
    checkpoint::PublicKey,
};
use vibesheets_ops::{
    archive::{Archive, ArchivePlace},
    backup::{self, locate},
    checkpoint::KeptCheckpoints,
    restore::{Plan, Point},
};
use vibesheets_store_sqlite::Snapshot;

use crate::{
    checkpoints::{Reached, own, reached},
    erasures::{self, KnownErasures},
    failure::{Exit, Failure},
    output::Progress,
    proof,
    rebuilding::{archive_failure, restore_failure, write_again},
    store,
    system::SystemTime,
};

/// What was found.
pub struct Proven {
    /// What was walked and what is wrong.
    pub audit: Audit,
    /// Checkpoints of the place's own that it was held against, in part or whole.
    pub checkpoints: usize,
    /// Those that nobody could tell from forged ones, for want of a key.
    pub checkpoints_unread: usize,
    /// Those of the place's own that saw more than the place holds: it is a backup of before, lags behind, or was cut off.
    pub checkpoints_ahead: usize,
}

impl Proven {
    /// Held against no checkpoint.
    pub const fn of(audit: Audit) -> Self {
        Self { audit, checkpoints: 0, checkpoints_unread: 0, checkpoints_ahead: 0 }
    }
}

/// Proves what is at `place`, with its own checkpoints where `key` is there to believe them, and with `checkpoints`.
///
/// # Errors
/// [`Failure`] where it cannot be read; damage is a finding.
pub async fn prove(
    place: &ArchivePlace,
    key: Option<&PublicKey>,
    checkpoints: &[NamedCheckpoint],
) -> Result<Proven, Failure> {
    let archive = Archive::open(place, false).map_err(|error| archive_failure(&error))?;
    let progress = Progress::spinner(format!("Reading {place}"));
    let read = backup::verify(&archive).await.map_err(|error| archive_failure(&error))?;
    drop(progress);
    if !read.findings.is_empty() {
        let findings = read.findings.into_iter().map(|finding| Finding::new(Place::FILE, finding)).collect();
        let audit = Audit { findings, ..Audit::default() };
        return Ok(Proven::of(audit));
    }
    let (KeptCheckpoints { signed, faults, .. }, checkpoints_unread) = own(&archive, key).await?;
    let (mut audit, reached) = prove_state(&archive, checkpoints, signed).await?;
    for finding in &mut audit.findings {
        locate_record(&archive, finding).await?;
    }
    let doubted = faults.iter().map(|fault| format!("{} {}", fault.object, fault.what));
    audit.findings.extend(doubted.map(|what| Finding::new(Place::FILE, what)));
    let (checkpoints, checkpoints_ahead) = (reached.checkpoints.len(), reached.ahead);
    Ok(Proven { audit, checkpoints, checkpoints_unread, checkpoints_ahead })
}

/// The last state that it holds, written again as a restore does; and its own checkpoints that this reaches.
async fn prove_state(
    archive: &Archive,
    brought: &[NamedCheckpoint],
    signed: Vec<NamedCheckpoint>,
) -> Result<(Audit, Reached), Failure> {
    let scratch = tempfile::tempdir()
        .map_err(|error| Failure::new(Exit::Store, format!("no folder to write it again in: {error}")))?;
    let path = scratch.path().join("proven.db");
    let plan = Plan::make(archive, Point::Latest).await.map_err(restore_failure)?;
    write_again(archive, &plan, &path).await?;
    let reached = reached(&path, signed).await?;
    erasures::reapply(archive, &path, &scratch.path().join("newest.db"), KnownErasures::default()).await?;
    let snapshot = Snapshot::open(&path).map_err(|error| store::open_error(&error))?;
    let checkpoints: Vec<NamedCheckpoint> = brought.iter().chain(&reached.checkpoints).cloned().collect();
    let progress = Progress::spinner("Verifying");
    let told = |audit: &Audit| progress.say(format!("Verifying: {} records", audit.records));
    let proven = proof::prove(&snapshot, SystemTime.now(), &checkpoints, &told).await;
    Ok((proven.map_err(|error| Failure::new(Exit::Store, error))?, reached))
}

/// Names the file that the record is in.
async fn locate_record(archive: &Archive, finding: &mut Finding) -> Result<(), Failure> {
    if let (Some(stream), Some(seq)) = (finding.place.stream, finding.place.seq) {
        let found = locate(archive, stream, seq).await.map_err(|error| archive_failure(&error))?;
        finding.what.push_str(&format!(" (in {found})"));
    }
    Ok(())
}
