//! Files and folders that only their owner may read: keys, sign-ins, exports of people's time.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use vibesheets_core::RandomSource;

use crate::{paths::folder_of, system::SystemRandom};

/// Makes `folder` and what it lies in, for nobody else to read, and puts their names on the disk.
///
/// # Errors
/// The operating system's.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let missing: Vec<&Path> =
        folder.ancestors().take_while(|path| !path.as_os_str().is_empty() && !path.exists()).collect();
    builder.create(folder)?;
    #[cfg(unix)]
    missing.into_iter().try_for_each(|made| File::open(folder_of(made))?.sync_all())?;
    Ok(())
}

/// Makes the file, which must not be there yet.
///
/// # Errors
/// The operating system's; `AlreadyExists` where it is there.
pub fn create_new(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Closes a file that is there to everybody but its owner, and warns that it was open.
///
/// # Errors
/// The operating system's where the file is not there.
#[cfg(unix)]
pub fn keep_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = fs::metadata(path)?.permissions();
    if permissions.mode() & 0o077 == 0 {
        return Ok(());
    }
    permissions.set_mode(0o600);
    let closed = fs::set_permissions(path, permissions);
    let path = path.display();
    match closed {
        Ok(()) => tracing::warn!(%path, "others on this machine could read this file until now"),
        // Whose file it is not, such as in a volume that is mounted, cannot close it.
        Err(error) => {
            tracing::warn!(%path, %error, "others on this machine can read this file; close it to them")
        }
    }
    Ok(())
}

/// Where files have no modes there is nothing to close.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn keep_private(_: &Path) -> io::Result<()> {
    Ok(())
}

/// A file that takes its name only once it is whole; until then, and if it never is, the old one stands.
#[derive(Debug)]
pub struct Replacement {
    path: PathBuf,
    unfinished: PathBuf,
    file: Option<File>,
    /// Whether nothing may be there.
    is_new: bool,
}

impl Replacement {
    /// Begins a file that is to be called `path`.
    ///
    /// # Errors
    /// The operating system's.
    pub fn begin(path: &Path) -> io::Result<Self> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        // By chance, not by the process's number: in a container that is the same after a kill, which leaves the file.
        let mut chance = [0; 8];
        SystemRandom.fill(&mut chance);
        name.push(format!(".unfinished-{:016x}", u64::from_be_bytes(chance)));
        let unfinished = path.with_file_name(name);
        let file = create_new(&unfinished)?;
        Ok(Self { path: path.to_owned(), unfinished, file: Some(file), is_new: false })
    }

    /// Begins a file that is to be called `path`, where nothing is and nothing may be by the time it is whole.
    ///
    /// # Errors
    /// The operating system's; `AlreadyExists` where something is there.
    pub fn begin_new(path: &Path) -> io::Result<Self> {
        if fs::symlink_metadata(path).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let mut begun = Self::begin(path)?;
        begun.is_new = true;
        Ok(begun)
    }

    /// Gives the whole file its name, once it is on the disk, and puts the name there too.
    ///
    /// # Errors
    /// The operating system's.
    pub fn finish(mut self) -> io::Result<()> {
        if let Some(file) = self.file.take() {
            file.sync_all()?;
        }
        self.take_name()?;
        #[cfg(unix)]
        File::open(folder_of(&self.path))?.sync_all()?;
        Ok(())
    }

    fn take_name(&self) -> io::Result<()> {
        if self.is_new {
            name_new(&self.unfinished, &self.path)
        } else {
            fs::rename(&self.unfinished, &self.path)
        }
    }
}

/// Gives the file `unfinished` the name `path`, where nothing may be; it may keep its first name beside it.
///
/// # Errors
/// The operating system's; `AlreadyExists` where something is there.
pub fn name_new(unfinished: &Path, path: &Path) -> io::Result<()> {
    // Unlike a renaming, a link never takes the place of what is there.
    match fs::hard_link(unfinished, path) {
        // Not every file system has links.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            if fs::symlink_metadata(path).is_ok() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            fs::rename(unfinished, path)
        }
        linked => linked,
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().ok_or(io::ErrorKind::BrokenPipe)?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), File::flush)
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        // Finished, it is no longer there under this name; unfinished, nobody wants it.
        let _ = fs::remove_file(&self.unfinished);
    }
}

/// What the file holds; where there is none it is made with what `make` gives.
///
/// # Errors
/// The operating system's.
pub fn kept_or_made(path: &Path, make: impl FnOnce() -> Vec<u8>) -> io::Result<Vec<u8>> {
    match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let bytes = make();
            let mut made = Replacement::begin_new(path)?;
            made.write_all(&bytes)?;
            match made.finish() {
                // Another process was first: what it made is in force.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => fs::read(path),
                other => other.map(|()| bytes),
            }
        }
        other => other,
    }
}

/// Puts `bytes` in the place of what the file held.
///
/// # Errors
/// The operating system's; what was there then still is.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut replacement = Replacement::begin(path)?;
    replacement.write_all(bytes)?;
    replacement.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unfinished_file_leaves_the_old_one_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("export.csv");
        replace(&path, b"old").expect("written");
        let mut unfinished = Replacement::begin(&path).expect("begun");
        unfinished.write_all(b"new, but not who").expect("written");
        drop(unfinished);
        assert_eq!(fs::read(&path).expect("readable"), b"old");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn what_a_kill_left_behind_is_in_nobodys_way() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("session.key");
        let killed = Replacement::begin(&path).expect("begun");
        // A kill runs no destructor.
        std::mem::forget(killed);
        replace(&path, b"new").expect("written by a process of the same number");
        assert_eq!(fs::read(&path).expect("readable"), b"new");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_could_read_is_closed_to_them() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("session.key");
        fs::write(&path, b"key").expect("written");
        let mode = || fs::metadata(&path).expect("there").permissions().mode() & 0o777;
        for (open, closed) in [(0o644, 0o600), (0o640, 0o600), (0o400, 0o400)] {
            fs::set_permissions(&path, fs::Permissions::from_mode(open)).expect("opened");
            keep_private(&path).expect("there");
            assert_eq!(mode(), closed, "{open:o}");
        }
    }

    #[test]
    fn a_new_file_never_takes_the_place_of_one_that_is_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("march.audit");
        let mut unfinished = Replacement::begin_new(&path).expect("begun");
        unfinished.write_all(b"new").expect("written");
        fs::write(&path, b"old").expect("somebody else was first");
        let refused = unfinished.finish().expect_err("it is there");
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        assert!(Replacement::begin_new(&path).is_err());
        assert_eq!(fs::read(&path).expect("readable"), b"old");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("private/credentials.json");
        create_folder(path.parent().expect("a parent")).expect("made");
        replace(&path, b"{}").expect("written");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().expect("a parent"))), (0o600, 0o700));
    }
}
