//! Why an archive cannot be used, and what to do.

use vibesheets_core::StoreId;

/// Why an archive cannot be used. What it holds was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// It does not answer.
    #[error(
        "cannot reach {place}: {reason}; see that it is there and mounted, or that bucket, credentials and network are right, and \
         try again"
    )]
    Unreachable {
        /// Where it is.
        place: String,
        /// What was said.
        reason: String,
    },
    /// An object was removed while it was to be read.
    #[error("{object} in {place} was removed meanwhile, as a pruning does with what is old; try again")]
    Gone {
        /// Where it was.
        place: String,
        /// Which object.
        object: String,
    },
    /// What was copied from it cannot be written here.
    #[error(
        "cannot write {path}: {reason}; free some space there, or see that the user who runs vibesheets may write there"
    )]
    NotWritten {
        /// The file.
        path: String,
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
