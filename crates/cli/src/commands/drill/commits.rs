//! Whether two databases hold the same commits.

use std::path::Path;

use vibesheets_core::durability::{Batch, Durability, Kept};
use vibesheets_store_sqlite::DatabaseFile;

use super::rehearsal::database;
use crate::failure::{Exit, Failure};

/// Every commit that was restored is the one that the store holds under its number.
///
/// # Errors
/// [`Failure`] that names the first one that differs.
pub(super) async fn compare(source: &DatabaseFile, restored: &Path, until: u64) -> Result<(), Failure> {
    const CHUNK_BYTES: usize = 4 * 1024 * 1024;
    let restored = database(restored)?;
    let unreadable = |error| Failure::new(Exit::Store, error);
    let mut commit = 0;
    while commit < until.min(source.last_commit()) {
        let ours = source.read_batches(commit, CHUNK_BYTES).await.map_err(unreadable)?;
        let theirs = restored.read_batches(commit, CHUNK_BYTES).await.map_err(unreadable)?;
        // After them the restored store may hold erasures of its own.
        for (ours, theirs) in ours.iter().zip(&theirs).take_while(|(ours, _)| ours.commit <= until) {
            if !is_same(ours, theirs) {
                let message =
                    format!("the restored store holds another commit {} than the store", ours.commit);
                return Err(Failure::new(Exit::Damaged, message));
            }
        }
        match (ours.last(), theirs.last()) {
            (Some(ours), Some(theirs)) => commit = ours.commit.min(theirs.commit),
            _ => {
                let message = format!("the restored store lacks commit {}", commit + 1);
                return Err(Failure::new(Exit::Damaged, message));
            }
        }
    }
    Ok(())
}

/// Answers are forgotten after a time: the store may have forgotten some that its copies still know.
fn is_same(ours: &Batch, theirs: &Batch) -> bool {
    let same = |(ours, theirs): (&Kept, &Kept)| {
        let answers = ours.applied.as_ref().zip(theirs.applied.as_ref());
        ours.record == theirs.record
            && ours.payload == theirs.payload
            && answers.is_none_or(|(ours, theirs)| ours.is_erased() || theirs.is_erased() || ours == theirs)
    };
    ours.commit == theirs.commit
        && ours.records.len() == theirs.records.len()
        && ours.records.iter().zip(&theirs.records).all(same)
}

#[cfg(test)]
mod tests {
    use vibesheets_core::store::AppliedCommand;
    use vibesheets_store_contract::support::Lab;
    use vibesheets_store_sqlite::{Location, Options, SqliteStore};

    use super::*;

    #[tokio::test]
    async fn an_answer_that_the_store_forgot_makes_no_difference_and_another_one_does() {
        let store = SqliteStore::open(&Location::Memory, &Options::default()).expect("a store");
        let lab = Lab::default();
        lab.found(&store, 1).await;
        let mut ours = store.read_batches(0, usize::MAX).await.expect("read").remove(0);
        let applied = lab.applied("an answer");
        ours.records[0].applied = Some(applied.clone());
        let with = |applied: Option<AppliedCommand>| {
            let mut other = ours.clone();
            other.records[0].applied = applied;
            other
        };
        assert!(is_same(&ours, &with(Some(applied.clone()))));
        assert!(
            is_same(&with(None), &ours) && is_same(&with(Some(AppliedCommand::erased(applied.id))), &ours)
        );
        assert!(!is_same(&ours, &with(Some(lab.applied("another answer")))));
        let mut other = ours.clone();
        other.records[0].payload = None;
        assert!(!is_same(&ours, &other));
    }
}
