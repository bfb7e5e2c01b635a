//! Why a mirror cannot be used, and what to do.

use std::path::{Path, PathBuf};

/// Why a mirror cannot be used. Nothing was changed in the mirror, and nobody was told of anything that it lacks.
#[derive(Debug, thiserror::Error)]
pub enum MirrorError {
    /// The folder is not there or cannot be written.
    #[error(
        "cannot use the mirror {folder}: {reason}; make the folder, mount its disk, or give the user who runs vibesheets the \
         right to write there (`--mirror-optional` serves without it meanwhile)", folder = .folder.display()
    )]
    Unusable {
        /// The mirror's folder.
        folder: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// Another process writes there.
    #[error(
        "another vibesheets is using the mirror {folder}; name a folder that no other store mirrors to",
        folder = .folder.display()
    )]
    InUse {
        /// The mirror's folder.
        folder: PathBuf,
    },
    /// It mirrors another store, or another past of this one.
    #[error(
        "the mirror {folder} belongs to another database: {what}. To begin a new mirror name an empty folder; to go back \
         to what this mirror holds, `vibesheets restore --from {folder}`", folder = .folder.display()
    )]
    Foreign {
        /// The mirror's folder.
        folder: PathBuf,
        /// How that was found out.
        what: String,
    },
    /// A file of it is damaged, or missing between two others.
    #[error(
        "{file}: {what}. Keep a copy of the mirror, then name an empty folder to begin a new one; \
         `vibesheets verify` tells whether the database is whole", file = .file.display()
    )]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// What the mirror holds beyond the database cannot be written there.
    #[error(
        "the mirror {folder} holds commits that the database lacks, and they cannot be written to it: {reason}. Free some \
         space if it has none; `vibesheets restore --from {folder}` brings back all that the mirror holds",
        folder = .folder.display()
    )]
    NotRolledForward {
        /// The mirror's folder.
        folder: PathBuf,
        /// Why.
        reason: String,
    },
}

impl MirrorError {
    pub(super) fn unusable(folder: &Path, reason: &dyn ToString) -> Self {
        Self::Unusable { folder: folder.to_owned(), reason: reason.to_string() }
    }

    /// Whether a mirror that is optional may be left out for this: its disk is not there, rather than its contents wrong.
    pub(crate) const fn is_absence(&self) -> bool {
        matches!(self, Self::Unusable { .. })
    }
}
