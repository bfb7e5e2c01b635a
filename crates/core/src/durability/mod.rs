//! What a store hands out so that it can be kept in more than one place, and taken back: batches of its journal in the
//! order of its commits, the lines and segments they are written as, and snapshots of the whole.

mod batch;
pub(crate) mod line;
pub mod names;
mod port;
mod segment;
mod snapshot;

pub(crate) use batch::RecordLine;
pub use batch::{Batch, Kept};
pub use line::LineFault;
pub use port::{Durability, Replay, ReplayError};
pub use segment::{Segment, SegmentEnd, SegmentFault, SegmentWriter};
pub use snapshot::{SNAPSHOT_FORMAT, SnapshotManifest};
