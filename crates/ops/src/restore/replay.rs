//! Writing a plan's segments again.

use vibesheets_core::durability::{Batch, Replay};

use super::{Plan, RestoreError};
use crate::archive::Archive;

/// Commits written at a time.
const CHUNK: usize = 2000;

impl Plan {
    /// Writes the commits of the plan's segments to `target`, which holds what the plan's snapshot does, up to the plan's last
    /// one; `progress` is told the last commit that was written.
    ///
    /// # Errors
    /// [`RestoreError`]; the target is of no use then.
    pub async fn replay(
        &self,
        archive: &Archive,
        target: &mut (dyn Replay + Send),
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<(), RestoreError> {
        let Some((until, _)) = self.commit else { return Ok(()) };
        for known in &self.segments {
            let Some(segment) = archive.read_segment(*known).await? else { continue };
            let held = target.last_commit();
            let mut batches: Vec<Batch> = segment.batches;
            batches.retain(|batch| batch.commit > held && batch.commit <= until);
            for chunk in batches.chunks(CHUNK) {
                target.replay(chunk)?;
                progress(target.last_commit());
            }
        }
        Ok(())
    }
}
