//! A database that takes its name only once it is whole. What was there by that name stays until then, and is kept aside.

use std::{
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use vibesheets_store_sqlite::{FileLock, OpenError, fold_log};

use crate::{
    failure::Failure,
    paths::{file_failure, folder_of, with_suffix},
    private_file, store,
};

/// What SQLite keeps beside a database.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];
/// What may hold something that was acknowledged: the index of a log only tells where in it.
const HOLDING: [&str; 3] = ["", "-wal", "-journal"];

/// A place that is held until the new database has its name: nobody serves what is there meanwhile, nor makes another one.
pub struct NewDatabase {
    lock: FileLock,
    unfinished: PathBuf,
    /// What the one that is there is to be called.
    kept: Option<PathBuf>,
}

/// What makes a new database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A restore; `replace` where a database that is there is to be kept aside.
    Restore {
        /// As told.
        replace: bool,
    },
    /// An import, which never replaces.
    Import,
}

impl Purpose {
    /// Behind the name of a database that is not whole yet.
    const fn suffix(self) -> &'static str {
        match self {
            Self::Restore { .. } => ".restoring",
            Self::Import => ".importing",
        }
    }

    const fn way_out(self) -> &'static str {
        match self {
            Self::Restore { .. } => "name another place with --to, or keep it aside with --replace",
            Self::Import => "name another place with --to",
        }
    }
}

impl NewDatabase {
    /// A database that is to be called `target`.
    ///
    /// # Errors
    /// [`Failure`] where something is there that is not to be replaced, or somebody uses it; all of it stays as it is.
    pub fn begin(target: &Path, purpose: Purpose) -> Result<Self, Failure> {
        let lock = FileLock::take(target).map_err(|error| store::open_error(&error))?;
        let target = lock.path();
        let kept = with_suffix(target, ".before-restore");
        let replace = purpose == Purpose::Restore { replace: true };
        if replace {
            put_back(target, &kept)?;
        }
        let found =
            HOLDING.iter().map(|suffix| with_suffix(target, suffix)).find(|path| holds_something(path));
        let kept = match found {
            None => None,
            Some(_) if replace => {
                expect_free(&kept)?;
                Some(kept)
            }
            Some(found) if found == target => {
                let (found, way_out) = (found.display(), purpose.way_out());
                return Err(Failure::refused(format!(
                    "{found} is there already and stays as it is; {way_out}"
                )));
            }
            Some(found) => {
                let (found, way_out) = (found.display(), purpose.way_out());
                return Err(Failure::refused(format!(
                    "{found} is what a database left that is gone, and may hold the last that was acknowledged: it stays as it is; \
                     put the database back beside it, {way_out}"
                )));
            }
        };
        let unfinished = with_suffix(target, purpose.suffix());
        Ok(Self { lock, unfinished, kept })
    }

    /// Where it is to be made.
    pub fn unfinished(&self) -> &Path {
        &self.unfinished
    }

    /// The database that is there until this one is whole.
    pub fn replaced(&self) -> Option<&Path> {
        self.kept.as_ref().map(|_| self.lock.path())
    }

    /// Gives the whole database its name, and puts that on the disk; what the one before is called now.
    ///
    /// # Errors
    /// [`Failure`]; whatever was there is there, or aside.
    pub fn finish(self) -> Result<Option<PathBuf>, Failure> {
        let Self { lock, unfinished, kept } = &self;
        let target = lock.path();
        // Whoever proves a database leaves the log's index beside it, and whoever writes to it a lock.
        fold_log(unfinished).map_err(|error| store::open_error(&error))?;
        remove_beside(unfinished)?;
        remove_file(&with_suffix(unfinished, ".lock"))?;
        let failed = |error: io::Error| file_failure(target, &error);
        fs::File::open(unfinished).and_then(|file| file.sync_all()).map_err(failed)?;
        match kept {
            Some(kept) => keep_aside(target, kept)?,
            // An empty file, which holds nothing.
            None => {
                expect_nothing_made_meanwhile(target, unfinished)?;
                remove_file(target)?;
            }
        }
        // Another one's log would be taken for that of the new database.
        remove_beside(target)?;
        sync_folder(target)?;
        let named = if kept.is_some() {
            fs::rename(unfinished, target)
        } else {
            private_file::name_new(unfinished, target)
        };
        named.map_err(failed)?;
        remove_file(unfinished)?;
        sync_folder(target)?;
        Ok(self.kept)
    }
}

/// Whether there is more than an empty file: that is a database to be, as SQLite itself has it, and an empty log one of a database
/// that was closed.
pub fn holds_something(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_file() || metadata.len() > 0)
}

/// The lock keeps other calls of this program out, and nobody who copies a file there.
fn expect_nothing_made_meanwhile(target: &Path, unfinished: &Path) -> Result<(), Failure> {
    let made = HOLDING.iter().map(|suffix| with_suffix(target, suffix)).find(|path| holds_something(path));
    made.map_or(Ok(()), |made| {
        let (made, unfinished) = (made.display(), unfinished.display());
        Err(Failure::refused(format!(
            "{made} was made meanwhile and stays as it is; the new database is {unfinished}"
        )))
    })
}

/// Gives what is there a second name. Where there are links it keeps its first one, so that a crash leaves the old database or the
/// new one by that name, never none.
fn keep_aside(target: &Path, kept: &Path) -> Result<(), Failure> {
    match fold_log(target) {
        Ok(()) => {}
        Err(error @ OpenError::InUse { .. }) => return Err(store::open_error(&error)),
        // What is no database, or is damaged, is kept with its log as it is.
        Err(error) => tracing::warn!(%error, "what is there is kept aside as it is"),
    }
    for suffix in HOLDING {
        let (from, to) = (with_suffix(target, suffix), with_suffix(kept, suffix));
        let named = match fs::hard_link(&from, &to) {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists) => {
                Err(error)
            }
            // Not every file system has links.
            Err(_) => fs::rename(&from, &to),
            linked => linked,
        };
        match named {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(file_failure(&to, &error)),
            _ => {}
        }
    }
    sync_folder(target)
}

/// Takes back what an interrupted call of [`keep_aside`] left: one file by two names, or without links a database whose log has
/// not followed it yet.
fn put_back(target: &Path, kept: &Path) -> Result<(), Failure> {
    let number =
        |path: &Path| fs::symlink_metadata(path).map(|metadata| (metadata.dev(), metadata.ino())).ok();
    let log = |path: &Path| with_suffix(path, "-wal");
    match (number(target), number(kept)) {
        (Some(one), Some(other)) if one == other => {
            // It may have been served since without this log, which must not be laid over what came then.
            if number(&log(kept)).is_some() && number(&log(kept)) != number(&log(target)) {
                let (kept, log) = (kept.display(), log(kept));
                return Err(Failure::refused(format!(
                    "a restore was interrupted: {kept} and {} are what was there; move both away, and {} with them",
                    log.display(),
                    target.display()
                )));
            }
            HOLDING.iter().try_for_each(|suffix| remove_file(&with_suffix(kept, suffix)))
        }
        (None, Some(_)) if holds_something(&log(target)) && number(&log(kept)).is_none() => {
            fs::rename(kept, target).map_err(|error| file_failure(kept, &error))
        }
        _ => Ok(()),
    }
}

fn expect_free(kept: &Path) -> Result<(), Failure> {
    let taken = HOLDING
        .map(|suffix| with_suffix(kept, suffix))
        .into_iter()
        .find(|path| fs::symlink_metadata(path).is_ok());
    taken.map_or(Ok(()), |taken| {
        Err(Failure::refused(format!(
            "{} is there from another restore; move it away first",
            taken.display()
        )))
    })
}

fn sync_folder(path: &Path) -> Result<(), Failure> {
    let folder = folder_of(path);
    fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| file_failure(folder, &error))
}

/// Removes a database that was begun and not finished, with the lock of whoever wrote to it.
///
/// # Errors
/// What to tell an operator.
pub fn remove(path: &Path) -> Result<(), Failure> {
    remove_beside(path)?;
    remove_file(&with_suffix(path, ".lock"))?;
    remove_file(path)
}

fn remove_beside(path: &Path) -> Result<(), Failure> {
    BESIDE.iter().try_for_each(|suffix| remove_file(&with_suffix(path, suffix)))
}

fn remove_file(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(file_failure(path, &error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use vibesheets_store_sqlite::{Location, Options, SqliteStore};

    use super::*;

    #[test]
    fn what_somebody_copies_there_meanwhile_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("vibesheets.db");
        let new = NewDatabase::begin(&target, Purpose::Restore { replace: false }).expect("nothing is there");
        let unfinished = new.unfinished().to_owned();
        drop(SqliteStore::open(&Location::File(unfinished.clone()), &Options::default()).expect("made"));
        for suffix in ["", "-wal"] {
            fs::write(with_suffix(&target, suffix), "somebody's").expect("copied");
        }
        let refused = new.finish().expect_err("it is there").to_string();
        assert!(refused.contains("was made meanwhile"), "{refused}");
        for suffix in ["", "-wal"] {
            assert_eq!(fs::read(with_suffix(&target, suffix)).expect("there"), b"somebody's");
        }
        assert!(unfinished.exists());
    }
}
