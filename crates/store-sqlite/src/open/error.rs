//! Why a database cannot be opened, and what to do.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::MirrorError;

/// Why a database cannot be opened. Each message says what to do; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder is not there.
    #[error("there is no folder {folder}; create it with `mkdir -p {folder}` or name another place", folder = .folder.display())]
    FolderMissing {
        /// Where the file would be.
        folder: PathBuf,
    },
    /// Nothing can be created in the folder.
    #[error(
        "cannot write in the folder {folder}: {reason}; SQLite keeps its log beside the database, so give the user \
         who runs vibesheets the right to write there, or name another place", folder = .folder.display()
    )]
    FolderNotWritable {
        /// Where the file is or would be.
        folder: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The file may not be written.
    #[error(
        "the file {path} is read-only; give the user who runs vibesheets the right to write it (`chmod u+w {path}`)",
        path = .path.display()
    )]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// Something else than an SQLite database.
    #[error(
        "{path} is not a database: {reason}; nothing was changed, name another file or move this one away",
        path = .path.display()
    )]
    NotADatabase {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        reason: String,
    },
    /// An SQLite database that VibeSheets did not make.
    #[error("{path} is another program's database; nothing was changed, name another file", path = .path.display())]
    AnotherProgram {
        /// The file.
        path: PathBuf,
    },
    /// Written by a newer VibeSheets.
    #[error(
        "{path} has schema version {found}, and this vibesheets knows versions up to {known}: install the newer \
         vibesheets that wrote it; nothing was changed", path = .path.display()
    )]
    NewerSchema {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The newest version that this program knows.
        known: u32,
    },
    /// Written by an older VibeSheets, or empty, and opened by what only reads.
    #[error(
        "{path} has schema version {found}, and this vibesheets reads version {known}: start `vibesheets serve` on it \
         once, which brings it up to date", path = .path.display()
    )]
    OlderSchema {
        /// The file.
        path: PathBuf,
        /// Its version; 0 where the file is empty.
        found: u32,
        /// The version that this program reads.
        known: u32,
    },
    /// Another process has the database open.
    #[error(
        "another vibesheets is using {path}; stop it first, or name another file (the lock is on {path}.lock and ends \
         with the process that holds it)", path = .path.display()
    )]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// The database is gone, and its log is there.
    #[error(
        "{log} is the log of a database that is gone, and may hold the last that was acknowledged: put {path} back beside it, \
         or move the log away; nothing was changed", log = .log.display(), path = .path.display()
    )]
    LogAlone {
        /// Where the file was.
        path: PathBuf,
        /// Its log.
        log: PathBuf,
    },
    /// No space for the schema.
    #[error("the disk that holds {path} is full; free some space and start again", path = .path.display())]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// The program was linked with an SQLite that corrupts databases.
    #[error(
        "this program was built with SQLite {found}, which can corrupt its log; build it with the bundled one \
         (3.51.3 or newer)"
    )]
    OldSqlite {
        /// Its version.
        found: &'static str,
    },
    /// The database cannot have a write-ahead log where it is.
    #[error(
        "{path} cannot have a write-ahead log (its journal mode stayed `{mode}`); a network file system may be the \
         cause, name a place on a local disk", path = .path.display()
    )]
    NoWriteAheadLog {
        /// The file.
        path: PathBuf,
        /// The mode that it has.
        mode: String,
    },
    /// The mirror cannot be used.
    #[error(transparent)]
    Mirror(#[from] MirrorError),
    /// The system or the engine failed in another way.
    #[error("cannot open {path}: {reason}", path = .path.display())]
    Failed {
        /// The file.
        path: PathBuf,
        /// What it said.
        reason: String,
    },
}

impl OpenError {
    /// What an error of the engine means for the database at `path`.
    pub(super) fn from_engine(path: &Path, error: &rusqlite::Error) -> Self {
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => {
                Self::NotADatabase { path, reason: "its first page is not one of SQLite".to_owned() }
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::InUse { path },
            Some(ErrorCode::DiskFull) => Self::DiskFull { path },
            Some(ErrorCode::ReadOnly) => Self::ReadOnly { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Failed {
                path,
                reason: format!("the file is damaged ({error}); restore it from a backup"),
            },
            _ => Self::Failed { path, reason: error.to_string() },
        }
    }
}
