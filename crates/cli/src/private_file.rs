//! Files and folders that only their owner may read: keys, sign-ins, exports of people's time.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Makes `folder` and what it lies in, for nobody else to read.
///
/// # Errors
/// The operating system's.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
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
        name.push(format!(".unfinished-{}", std::process::id()));
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
        if let Some(folder) = self.path.parent() {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }

    fn take_name(&self) -> io::Result<()> {
        if self.is_new {
            // Unlike a renaming, a link never takes the place of what is there.
            match fs::hard_link(&self.unfinished, &self.path) {
                Ok(()) => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
                // Not every file system has links.
                Err(_) if fs::symlink_metadata(&self.path).is_ok() => {
                    return Err(io::ErrorKind::AlreadyExists.into());
                }
                Err(_) => {}
            }
        }
        fs::rename(&self.unfinished, &self.path)
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
