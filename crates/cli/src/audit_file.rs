//! Audit files on this machine's disks.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::Path,
    sync::{Mutex, PoisonError},
};

use vibesheets_core::audit_file::{AuditFile, AuditFileError, AuditFileFault, ReadAt, Scanned};

use crate::{failure::Failure, output::Progress};

/// How every SQLite database begins.
const DATABASE: &[u8] = b"SQLite format 3\0";

/// A file that is read from any place.
pub struct FileOnDisk(Mutex<File>);

impl ReadAt for FileOnDisk {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(offset))?;
        file.read(buffer)
    }
}

/// Why a file is not used: it is no audit file or cannot be read, or it is not as it was written.
pub enum Unusable {
    /// There is nothing to prove.
    Refused(Failure),
    /// The first thing that is wrong.
    Damaged(AuditFileFault),
}

/// Reads and proves the file at `path`.
///
/// # Errors
/// [`Unusable`] that says why.
pub fn open(path: &Path) -> Result<AuditFile<FileOnDisk>, Unusable> {
    let refused = |what: String| Unusable::Refused(Failure::refused(format!("{} {what}", path.display())));
    let unreadable = |error: io::Error| refused(format!("cannot be read: {error}"));
    if path.is_dir() {
        return Err(refused(
            "is a folder, and an audit file is a file; a mirror, a replica and backups are proven by `vibesheets backup \
             verify --place`"
                .to_owned(),
        ));
    }
    let mut file = File::open(path).map_err(unreadable)?;
    let bytes = file.metadata().map_err(unreadable)?.len();
    let mut begin = Vec::new();
    file.by_ref().take(DATABASE.len() as u64).read_to_end(&mut begin).map_err(unreadable)?;
    if begin == DATABASE {
        return Err(refused(
            "is a database, not an audit file: give it to --store as sqlite:FILE".to_owned(),
        ));
    }
    let progress = Progress::of_bytes(bytes, "Proving");
    let told = |scanned: &Scanned| progress.at(scanned.bytes, bytes);
    AuditFile::open(FileOnDisk(Mutex::new(file)), &told).map_err(|error| match error {
        AuditFileError::Damaged(fault) => Unusable::Damaged(fault),
        error => refused(error.to_string()),
    })
}
