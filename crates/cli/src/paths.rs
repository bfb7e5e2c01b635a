//! Names of files, and what to say of one that cannot be used.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::failure::{Exit, Failure};

/// `path` with something behind its name.
pub fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// The folder that `path` is in.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What a file of ours could not be.
pub fn file_failure(path: &Path, error: &io::Error) -> Failure {
    let what_to_do = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "; free some space there, and try again",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "; give the user who runs vibesheets the right to write there, and try again"
        }
        _ => "",
    };
    Failure::new(Exit::Store, format!("{}: {error}{what_to_do}", path.display()))
}
