//! The database and its mirror, each on a disk that fails when it is told to.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use tempfile::TempDir;
use vibesheets_power_cut::{Disk, Mounted};

use crate::support::{command::vibesheets, server::Server};

/// A disk and the folder that it is shown at.
pub struct Shown {
    pub disk: Disk,
    pub place: PathBuf,
    mounted: Option<Mounted>,
}

impl Shown {
    fn at(place: PathBuf) -> std::io::Result<Self> {
        fs::create_dir(&place)?;
        let disk = Disk::default();
        let mounted = Some(disk.mount(&place)?);
        Ok(Self { disk, place, mounted })
    }

    /// Puts what is left of it after a cut in its place.
    fn replace(&mut self, survivor: Disk) {
        self.mounted = None;
        self.mounted = Some(survivor.mount(&self.place).expect("it was mounted before"));
        self.disk = survivor;
    }
}

/// The two disks; everything else is in a folder that never fails.
pub struct Disks {
    pub database: Shown,
    pub mirror: Shown,
    home: TempDir,
}

impl Disks {
    /// `None`, told loudly with what is not proven then, where this user may not mount.
    pub fn mounted(what: &str) -> Option<Self> {
        let home = tempfile::tempdir().expect("a folder");
        let at = |name: &str| Shown::at(home.path().join(name));
        match at("database").and_then(|database| Ok((database, at("mirror")?))) {
            Ok((database, mirror)) => Some(Self { database, mirror, home }),
            Err(error) => {
                let _ = writeln!(
                    std::io::stderr(),
                    "SKIPPED: {what}, since nothing can be mounted here: {error}"
                );
                None
            }
        }
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Puts what cuts left in the place of what was cut.
    pub fn put_in_place(&mut self, database: Option<Disk>, mirror: Option<Disk>) {
        database.into_iter().for_each(|disk| self.database.replace(disk));
        mirror.into_iter().for_each(|disk| self.mirror.replace(disk));
    }

    /// The database's URL.
    pub fn store(&self) -> String {
        format!("sqlite:{}", self.database.place.join("vibesheets.db").display())
    }

    /// Serves the database, with these arguments about its mirror.
    pub fn serve(&self, mirror: Mirroring) -> Server {
        let (store, place) = (self.store(), self.mirror.place.display().to_string());
        let mut arguments = vec!["--store", &store, "--backups", "none"];
        if mirror != Mirroring::None {
            arguments.extend(["--mirror", &place]);
        }
        if mirror == Mirroring::Optional {
            arguments.push("--mirror-optional");
        }
        Server::start_with(self.home(), &arguments)
    }

    /// A new database from what the mirror holds now.
    pub fn restored_from_mirror(&self) -> PathBuf {
        let path = self.home().join("restored.db");
        if path.exists() {
            fs::remove_file(&path).expect("removed");
        }
        let (from, to) = (self.mirror.place.display().to_string(), format!("sqlite:{}", path.display()));
        let output = vibesheets(self.home(), &["restore", "--from", &from, "--to", &to]).output();
        let output = output.expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        path
    }
}

/// Whether the server keeps a mirror, and whether it goes on without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mirroring {
    None,
    Optional,
    Needed,
}
