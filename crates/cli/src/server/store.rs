//! Opening the store that the configuration names.

use std::path::Path;

use vibesheets_store_sqlite::{Location, OpenError, Options, SqliteStore};

use crate::{
    config::{Setting, Source},
    failure::{Exit, Failure},
    private_file,
};

/// Opens it. The folder is made where nobody chose the place; whoever names one may have mistyped it.
///
/// # Errors
/// [`Failure`] with [`Exit::Store`] that says what to do.
pub fn open(setting: &Setting<Location>) -> Result<SqliteStore, Failure> {
    if let (Source::Default, Location::File(path)) = (&setting.source, &setting.value) {
        let folder = path.parent().unwrap_or(Path::new("."));
        private_file::create_folder(folder).map_err(|error| {
            Failure::new(Exit::Store, format!("cannot make the folder {}: {error}", folder.display()))
        })?;
    }
    SqliteStore::open(&setting.value, &Options::default()).map_err(|error| open_error(&error))
}

/// Why a store could not be opened.
pub fn open_error(error: &OpenError) -> Failure {
    Failure::new(Exit::Store, error)
}
