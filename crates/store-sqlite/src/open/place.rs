//! The file, its folder and its lock, before SQLite sees any of them.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, ErrorKind, Read},
    path::{Path, PathBuf},
};

use super::{Location, OpenError};

/// Where the database is once everything about the place was checked.
pub(crate) struct Place {
    /// The file; empty or missing where the database is new.
    pub(crate) path: PathBuf,
    /// What must live as long as any connection.
    pub(crate) held: Held,
}

/// The lock that keeps other processes out, and the folder of a database that goes with its store. Dropped in this
/// order.
pub(crate) struct Held {
    _lock: File,
    _folder: Option<tempfile::TempDir>,
}

/// A database's lock, for whoever works on its file without opening it as a store: nobody else does meanwhile.
#[derive(Debug)]
pub struct FileLock {
    path: PathBuf,
    _lock: File,
}

impl FileLock {
    /// Takes the lock of the database at `path`, which need not be there yet.
    ///
    /// # Errors
    /// [`OpenError::InUse`] where another process has it, and what keeps a lock from being taken there.
    pub fn take(path: &Path) -> Result<Self, OpenError> {
        let path = behind_link(path)?;
        check_folder(&path)?;
        let lock = lock(&path)?;
        Ok(Self { path, _lock: lock })
    }

    /// The file itself, where it was named by a link.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Checks the place and takes its lock.
pub(crate) fn prepare(location: &Location) -> Result<Place, OpenError> {
    let (path, folder) = match location {
        Location::File(path) => (behind_link(path)?, None),
        Location::Memory => {
            let folder = tempfile::Builder::new().prefix("vibesheets-").tempdir().map_err(|error| {
                OpenError::FolderNotWritable { folder: std::env::temp_dir(), reason: error.to_string() }
            })?;
            (folder.path().join("memory.db"), Some(folder))
        }
    };
    check_folder(&path)?;
    check_file(&path)?;
    let lock = lock(&path)?;
    refuse_log_alone(&path)?;
    create(&path)?;
    Ok(Place { path, held: Held { _lock: lock, _folder: folder } })
}

/// SQLite keeps a database's log beside the file itself, not beside a link to it; so does the lock stand there, or two
/// servers could hold one file by two names.
fn behind_link(path: &Path) -> Result<PathBuf, OpenError> {
    if !fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink()) {
        return Ok(path.to_owned());
    }
    match fs::canonicalize(path) {
        // What the link names is to be made.
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let target = fs::read_link(path).map_err(|error| failed(path, &error))?;
            Ok(folder_of(path).join(target))
        }
        found => found.map_err(|error| failed(path, &error)),
    }
}

fn check_folder(path: &Path) -> Result<(), OpenError> {
    let folder = folder_of(path);
    match fs::metadata(&folder) {
        Ok(metadata) if !metadata.is_dir() => Err(OpenError::FolderMissing { folder }),
        // Asked for explicitly, since the superuser may write where nobody should.
        Ok(metadata) if metadata.permissions().readonly() => {
            Err(OpenError::FolderNotWritable { folder, reason: "it is marked read-only".to_owned() })
        }
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(OpenError::FolderMissing { folder }),
        Err(error) => Err(failed(path, &error)),
    }
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn check_file(path: &Path) -> Result<(), OpenError> {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(path, &error)),
    };
    let not_a_database =
        |reason: &str| OpenError::NotADatabase { path: path.to_owned(), reason: reason.to_owned() };
    if metadata.is_dir() {
        return Err(not_a_database("it is a folder"));
    }
    if !metadata.is_file() {
        return Err(not_a_database("it is no ordinary file"));
    }
    if metadata.permissions().readonly() {
        return Err(OpenError::ReadOnly { path: path.to_owned() });
    }
    let mut file = File::options().read(true).write(true).open(path).map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            OpenError::ReadOnly { path: path.to_owned() }
        }
        _ => failed(path, &error),
    })?;
    let mut header = [0; HEADER.len()];
    match file.read_exact(&mut header) {
        Ok(()) if &header == HEADER => Ok(()),
        Ok(()) => Err(not_a_database("it does not begin like one of SQLite")),
        // An empty file is a database to be, as SQLite itself has it.
        Err(error) if error.kind() == ErrorKind::UnexpectedEof && metadata.len() == 0 => Ok(()),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
            Err(not_a_database("it is too short to be one"))
        }
        Err(error) => Err(failed(path, &error)),
    }
}

/// How every SQLite database begins (<https://sqlite.org/fileformat.html>, 1.3.1).
const HEADER: &[u8; 16] = b"SQLite format 3\0";

/// Two servers on one file would each believe that they alone hand out commit numbers. The lock's file stays: were it
/// removed, one process could lock the old file while another locks a new one.
fn lock(path: &Path) -> Result<File, OpenError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let name = PathBuf::from(name);
    let opened = private_file().create(true).truncate(false).open(&name);
    let file = opened.map_err(|error| match error.kind() {
        // Such as that of a database which the superuser has restored.
        ErrorKind::PermissionDenied if name.exists() => failed(&name, &error),
        _ => not_created(path, &error),
    })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse { path: path.to_owned() }),
        Err(TryLockError::Error(error)) => Err(failed(path, &error)),
    }
}

/// A log whose database is gone may hold what was acknowledged. SQLite would take it for that of the new database, or remove it.
pub(super) fn refuse_log_alone(path: &Path) -> Result<(), OpenError> {
    let bytes = |path: &Path| fs::metadata(path).map_or(0, |metadata| metadata.len());
    let log = log_of(path);
    if bytes(path) == 0 && bytes(&log) > 0 {
        return Err(OpenError::LogAlone { path: path.to_owned(), log });
    }
    Ok(())
}

/// Puts the log on the disk, of which somebody who was killed may have written the end without: from now on it is shown.
pub(crate) fn sync_log(path: &Path) -> io::Result<()> {
    match File::open(log_of(path)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        log => log?.sync_all().and_then(|()| sync_folder(&folder_of(path))),
    }
}

fn log_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// Makes the file where it is missing, before SQLite would with the permissions that the process happens to have: its
/// log and the log's index take theirs from the file.
pub(crate) fn create(path: &Path) -> Result<(), OpenError> {
    if path.exists() {
        return Ok(());
    }
    let made = private_file().create(true).truncate(false).open(path);
    // Its name is on the disk before a log is: after a power cut there is never a log alone.
    made.and_then(|_| sync_folder(&folder_of(path))).map_err(|error| not_created(path, &error))
}

/// To write what only the user who runs the server may read: a new file holds everyone's times and passwords' hashes.
pub(crate) fn private_file() -> OpenOptions {
    let mut options = File::options();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a folder that only this user may look into, unless it is there.
pub(crate) fn create_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Puts a folder's names on the disk: a new file may be gone after a power cut until this was done.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Takes everybody else's rights to a database of ours and to what lies beside it: a file that was copied or restored has
/// whatever rights its copy was made with. Where the file belongs to somebody else, that is theirs to decide.
pub(crate) fn keep_private(path: &Path) {
    #[cfg(unix)]
    for suffix in ["", "-wal", "-shm", ".lock"] {
        use std::os::unix::fs::PermissionsExt;
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        let Ok(metadata) = fs::metadata(&name) else { continue };
        let mode = metadata.permissions().mode();
        if mode & 0o077 == 0 {
            continue;
        }
        if let Err(error) = fs::set_permissions(&name, fs::Permissions::from_mode(mode & 0o700)) {
            let file = name.display();
            tracing::warn!(%error, %file, "others may read this file, and its rights could not be changed");
        }
    }
    #[cfg(not(unix))]
    let _ = path;
}

fn not_created(path: &Path, error: &io::Error) -> OpenError {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            OpenError::FolderNotWritable { folder: folder_of(path), reason: error.to_string() }
        }
        ErrorKind::StorageFull => OpenError::DiskFull { path: path.to_owned() },
        _ => failed(path, error),
    }
}

fn failed(path: &Path, error: &io::Error) -> OpenError {
    OpenError::Failed { path: path.to_owned(), reason: error.to_string() }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    use crate::{Options, SqliteStore};

    use super::*;

    #[test]
    fn a_new_database_and_all_beside_it_are_its_owners_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("set");
        let location = Location::File(folder.path().join("vibesheets.db"));
        let store = SqliteStore::open(&location, &Options::default()).expect("opened");
        let mut modes: Vec<(String, u32)> = fs::read_dir(folder.path())
            .expect("read")
            .map(|file| file.expect("read"))
            .map(|file| {
                (file.file_name().into_string().expect("UTF-8"), file.metadata().expect("read").mode())
            })
            .collect();
        modes.sort();
        let private = |name: &str| (format!("vibesheets.db{name}"), 0o100_600);
        assert_eq!(modes, ["", "-shm", "-wal", ".lock"].map(private));
        drop(store);
    }
}
