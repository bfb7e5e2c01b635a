//! Proving a store: the journal's chains and what is shown against each other, and the engine's own checks.

use jiff::{SignedDuration, Timestamp};
use vibesheets_core::{
    audit::{self, Audit, Finding, NamedCheckpoint, Place, Source},
    store::{APPLIED_COMMAND_DAYS, StoreError},
};
use vibesheets_store_sqlite::Snapshot;

/// Walks every stream of `store`, holds it against `checkpoints` and reads the whole file; `progress` is told how far it is.
/// Answers that are old enough at `now` may have been forgotten.
///
/// # Errors
/// Only where the store cannot be read for a reason other than damage.
pub async fn prove(
    store: &Snapshot,
    now: Timestamp,
    checkpoints: &[NamedCheckpoint],
    progress: &(dyn Fn(&Audit) + Sync),
) -> Result<Audit, StoreError> {
    let mut audit = prove_streams(store, now, checkpoints, progress).await?;
    match store.check_integrity() {
        Ok(lines) => audit.findings.extend(lines.into_iter().map(|line| Finding::new(Place::FILE, line))),
        Err(StoreError::Corrupt { what, key }) => {
            audit.findings.push(Finding::new(Place::FILE, format!("{what} {key} cannot be read")));
        }
        Err(other) => return Err(other),
    }
    Ok(audit)
}

/// Walks every stream of `store`, which nobody may write meanwhile unless it shows one state throughout, and holds it against
/// `checkpoints`.
///
/// # Errors
/// As [`prove`].
pub async fn prove_streams(
    store: &(impl Source + ?Sized),
    now: Timestamp,
    checkpoints: &[NamedCheckpoint],
    progress: &(dyn Fn(&Audit) + Sync),
) -> Result<Audit, StoreError> {
    match audit::audit_against(store, answers_kept_since(now), checkpoints, progress).await {
        Err(StoreError::Corrupt { what, key }) => Ok(damaged(format!("{what} {key} cannot be read"))),
        other => other,
    }
}

/// Answers of commands that were applied before may have been forgotten at `now`.
pub fn answers_kept_since(now: Timestamp) -> Timestamp {
    now - SignedDuration::from_hours(APPLIED_COMMAND_DAYS * 24)
}

fn damaged(what: String) -> Audit {
    Audit { findings: vec![Finding::new(Place::FILE, what)], ..Audit::default() }
}
