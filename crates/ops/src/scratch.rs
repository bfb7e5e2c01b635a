//! Folders for copies of a database that are being made: private, gone with their owner, and where that was killed, with the next.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

use tempfile::TempDir;

/// Held by the owner of the folder that it is in.
const LOCK: &str = "lock";

/// A folder that nobody else uses or can look into, removed when this is dropped.
#[derive(Debug)]
pub struct Scratch {
    // Dropped in this order: whoever finds a folder finds it locked until it is gone.
    folder: TempDir,
    _lock: File,
}

impl Scratch {
    /// A new one in `parent` whose name begins with `prefix`; those of that name whose owners were killed go.
    ///
    /// # Errors
    /// The operating system's.
    pub fn begin(parent: &Path, prefix: &str) -> io::Result<Self> {
        sweep(parent, prefix)?;
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = builder.prefix(prefix).tempdir_in(parent)?;
        // Nobody finds the lock by its name before it is held.
        let unnamed = folder.path().join("lock.new");
        let lock = File::create_new(&unnamed)?;
        lock.lock()?;
        fs::rename(&unnamed, folder.path().join(LOCK))?;
        Ok(Self { folder, _lock: lock })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// What a killed owner left holds everyone's times. A folder without a lock is one that somebody is just making.
fn sweep(parent: &Path, prefix: &str) -> io::Result<()> {
    for found in fs::read_dir(parent)? {
        let found = found?;
        if found.file_name().to_str().is_some_and(|name| name.starts_with(prefix)) {
            remove_abandoned(&found.path());
        }
    }
    Ok(())
}

fn remove_abandoned(folder: &Path) {
    let Ok(lock) = File::options().write(true).open(folder.join(LOCK)) else { return };
    if lock.try_lock().is_err() {
        return;
    }
    let folder_name = folder.display();
    // Held meanwhile, so that nobody else removes it too.
    match fs::remove_dir_all(folder) {
        Ok(()) => tracing::info!(folder = %folder_name, "removed what an interrupted command left"),
        Err(error) => {
            tracing::warn!(folder = %folder_name, %error, "an interrupted command left this; remove it")
        }
    }
    drop(lock);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_goes_with_its_owner_and_where_that_was_killed_with_the_next() {
        let parent = tempfile::tempdir().expect("a folder");
        let names = || fs::read_dir(parent.path()).expect("read").count();
        let used = Scratch::begin(parent.path(), "snapshot-").expect("made");
        #[cfg(unix)]
        assert_eq!(
            std::os::unix::fs::PermissionsExt::mode(&fs::metadata(used.path()).expect("there").permissions())
                & 0o777,
            0o700
        );
        let killed = Scratch::begin(parent.path(), "snapshot-").expect("made");
        fs::write(killed.path().join("half.db"), "everyone's times").expect("written");
        // A kill runs no destructor, but closes files.
        let Scratch { folder, _lock } = killed;
        let left = folder.keep();
        drop(_lock);
        assert_eq!(names(), 2);
        let next = Scratch::begin(parent.path(), "snapshot-").expect("made");
        assert!(!left.exists());
        assert!(used.path().exists() && next.path().exists(), "a folder in use stays");
        let other = Scratch::begin(parent.path(), "drill-").expect("made");
        drop((used, next, other));
        assert_eq!(names(), 0);
    }
}
