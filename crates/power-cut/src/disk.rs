//! The files of one folder, and what a cut leaves of them.

use std::{
    collections::BTreeMap,
    io,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::{file::File, mount::Mounted, random::Random};

/// The number of a file.
pub(crate) type Number = u64;
/// The folder's own number.
pub(crate) const FOLDER: Number = 1;

/// A disk in memory; clones are the same disk.
#[derive(Debug, Clone, Default)]
pub struct Disk(Arc<Mutex<Content>>);

/// A change of names that was not synced.
#[derive(Debug, Clone)]
enum NameChange {
    Named(String, Number),
    Removed(String),
    Renamed(String, String),
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Content {
    pub(crate) files: BTreeMap<Number, File>,
    pub(crate) names: BTreeMap<String, Number>,
    synced_names: BTreeMap<String, Number>,
    unsynced_names: Vec<NameChange>,
    pub(crate) frozen: bool,
    pub(crate) read_only: bool,
    /// The most bytes that all files may have together.
    pub(crate) room: Option<usize>,
}

impl Disk {
    /// Shows the disk at `place`, an empty folder, until what is returned is dropped.
    ///
    /// # Errors
    /// Where the machine does not let this user mount.
    pub fn mount(&self, place: &Path) -> io::Result<Mounted> {
        Mounted::mount(self.clone(), place)
    }

    /// Cuts the power: from this moment on nothing reaches the disk any more. Returns what it holds when the power is back, of
    /// many things that are possible the one that `seed` chooses.
    #[must_use]
    pub fn cut(&self, seed: u64) -> Self {
        let mut content = self.content();
        content.frozen = true;
        let mut random = Random::new(seed);
        Self(Arc::new(Mutex::new(content.after_cut(&mut random))))
    }

    /// From now on all files may have `bytes` together; `None` for as many as there are.
    pub fn limit(&self, bytes: Option<usize>) {
        self.content().room = bytes;
    }

    /// Whether nothing may be written from now on, as after an error of the file system.
    pub fn set_read_only(&self, read_only: bool) {
        self.content().read_only = read_only;
    }

    /// Bytes of all files together.
    pub fn used(&self) -> usize {
        self.content().used()
    }

    pub(crate) fn content(&self) -> MutexGuard<'_, Content> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Content {
    pub(crate) fn used(&self) -> usize {
        self.files.values().map(|file| file.content.len()).sum()
    }

    pub(crate) fn create(&mut self, name: &str, mode: u16) -> Number {
        let number = self.files.last_key_value().map_or(FOLDER, |(last, _)| *last) + 1;
        self.files.insert(number, File::new(mode));
        self.change_names(NameChange::Named(name.to_owned(), number));
        number
    }

    pub(crate) fn remove(&mut self, name: &str) -> bool {
        let known = self.names.contains_key(name);
        if known {
            self.change_names(NameChange::Removed(name.to_owned()));
        }
        known
    }

    pub(crate) fn rename(&mut self, from: &str, to: &str) -> bool {
        let known = self.names.contains_key(from);
        if known {
            self.change_names(NameChange::Renamed(from.to_owned(), to.to_owned()));
        }
        known
    }

    fn change_names(&mut self, change: NameChange) {
        change.apply(&mut self.names);
        self.unsynced_names.push(change);
    }

    /// As a journalling file system does it: a synced file has its name too, and every change of names before that.
    pub(crate) fn sync(&mut self, number: Number) {
        if let Some(file) = self.files.get_mut(&number) {
            file.sync();
        }
        let names_it = |change: &NameChange| matches!(change, NameChange::Named(_, of) if *of == number);
        if let Some(last) = self.unsynced_names.iter().rposition(names_it) {
            self.sync_names(last + 1);
        }
    }

    pub(crate) fn sync_all_names(&mut self) {
        self.sync_names(self.unsynced_names.len());
    }

    fn sync_names(&mut self, count: usize) {
        for change in self.unsynced_names.drain(..count) {
            change.apply(&mut self.synced_names);
        }
    }

    /// Names are written in their order, so that any number of them may be missing at the end.
    fn after_cut(&self, random: &mut Random) -> Self {
        let mut names = self.synced_names.clone();
        let kept = usize::try_from(random.below(self.unsynced_names.len() as u64 + 1)).unwrap_or(0);
        self.unsynced_names[..kept].iter().for_each(|change| change.apply(&mut names));
        let files = self.files.iter().filter(|(number, _)| names.values().any(|of| of == *number));
        let files = files.map(|(number, file)| (*number, file.after_cut(random))).collect();
        Self { files, synced_names: names.clone(), names, ..Self::default() }
    }
}

impl NameChange {
    fn apply(&self, names: &mut BTreeMap<String, Number>) {
        match self {
            Self::Named(name, number) => drop(names.insert(name.clone(), *number)),
            Self::Removed(name) => drop(names.remove(name)),
            Self::Renamed(from, to) => {
                if let Some(number) = names.remove(from) {
                    names.insert(to.clone(), number);
                }
            }
        }
    }
}
