//! An archive: a folder or an S3 prefix that holds what was written of one store: snapshots and segments.

mod checkpoints;
mod error;
mod place;
mod read;
mod unfinished;
mod write;

use std::{fmt, sync::Arc};

use object_store::ObjectStore;

pub use checkpoints::MOST_CHECKPOINT_BYTES;
pub use error::ArchiveError;
pub use place::{ArchivePlace, InvalidArchivePlace};
pub use read::{KnownSegment, SnapshotFault};

/// An archive that can be reached.
#[derive(Clone)]
pub struct Archive {
    objects: Arc<dyn ObjectStore>,
    place: ArchivePlace,
}

impl fmt::Debug for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Archive({})", self.place)
    }
}

impl Archive {
    /// Where it is.
    pub const fn place(&self) -> &ArchivePlace {
        &self.place
    }
}
