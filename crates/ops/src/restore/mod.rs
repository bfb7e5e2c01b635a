//! Restore: what an archive holds of any commit, written again.
//!
//! [`Plan::make`] chooses a snapshot and the segments that follow it and says what will be there and what will not;
//! [`Plan::replay`] writes the segments' commits to the copy of the snapshot.

mod erasures;
mod error;
mod last_at;
mod plan;
mod replay;

pub use erasures::{ErasedMembers, SegmentErasures, erased_in_segments};
pub use error::RestoreError;
pub use plan::{Left, Plan, Point};
