//! Why an archive cannot be used, and what to do.

use vibesheets_core::StoreId;

/// Why an archive cannot be used. What it holds was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// It does not answer.
    #[error("cannot reach {place}: {reason}")]
    Unreachable {
        /// Where it is.
        place: String,
        /// What was said.
        reason: String,
    },
    /// It holds nothing that can be restored.
    #[error("{place} holds no snapshot and no segment; is it the right place?")]
    Empty {
        /// Where it is.
        place: String,
    },
    /// It belongs to another store.
    #[error(
        "{object} in {place} is of store {found}, and this is store {expected}: name an empty place, or the one that this \
         store's copies are in"
    )]
    Foreign {
        /// Where it is.
        place: String,
        /// What says so.
        object: String,
        /// Whose it is.
        found: StoreId,
        /// Whose it should be.
        expected: StoreId,
    },
    /// Somebody else has gone on from the same commit.
    #[error(
        "{object} in {place} goes on differently than this store: a copy of it was used elsewhere. Name an empty place"
    )]
    Diverged {
        /// Where it is.
        place: String,
        /// Where they part.
        object: String,
    },
    /// Something in it is not as it was written.
    #[error("{object} in {place} {what}")]
    Damaged {
        /// Where it is.
        place: String,
        /// Which object.
        object: String,
        /// What is wrong with it.
        what: String,
    },
}
