//! Files and folders, and what a cut leaves of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::{file::File, mount::Mounted, random::Random};

/// The number of a file.
pub(crate) type Number = u64;
/// The number of the folder that everything is in.
pub(crate) const TOP: Number = 1;
/// A name and the folder that it is in.
pub(crate) type Place = (Number, String);

/// A disk in memory; clones are the same disk.
#[derive(Debug, Clone, Default)]
pub struct Disk(Arc<Mutex<Content>>);

#[derive(Debug, Clone)]
enum NameChange {
    Named(Place, Number),
    Removed(Place),
    Renamed { from: Place, to: Place, number: Number },
}

/// A change of names whose folder was not synced since.
#[derive(Debug, Clone)]
struct UnsyncedName {
    change: NameChange,
    /// Whether a file was synced since: on a journalling file system its name then is on the disk, and every change before that.
    is_before_synced_file: bool,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Content {
    pub(crate) files: BTreeMap<Number, File>,
    pub(crate) names: BTreeMap<Place, Number>,
    synced_names: BTreeMap<Place, Number>,
    unsynced_names: Vec<UnsyncedName>,
    pub(crate) frozen: bool,
    /// Changes until it freezes by itself.
    changes_left: Option<usize>,
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

    /// Another disk with the same on it, synced or not: what a program that was killed leaves while the power is on.
    #[must_use]
    pub fn copy(&self) -> Self {
        let content = Content { frozen: false, changes_left: None, ..self.content().clone() };
        Self(Arc::new(Mutex::new(content)))
    }

    /// Freezes, as a cut does, after as many more changes, each of which a program asked for: a write, a sync, a name.
    pub fn freeze_after(&self, changes: usize) {
        self.content().changes_left = Some(changes);
    }

    /// Whether nothing reaches it any more.
    pub fn is_frozen(&self) -> bool {
        self.content().frozen
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
    /// Without those that have no name any more.
    pub(crate) fn used(&self) -> usize {
        let named: BTreeSet<&Number> = self.names.values().collect();
        named.into_iter().filter_map(|number| self.files.get(number)).map(|file| file.content.len()).sum()
    }

    /// To be told of each change before it is made; `false` where the disk froze before it.
    pub(crate) fn counts_change(&mut self) -> bool {
        self.frozen |= self.changes_left == Some(0);
        self.changes_left = self.changes_left.map(|left| left.saturating_sub(1));
        !self.frozen
    }

    pub(crate) fn create(&mut self, place: Place, file: File) -> Number {
        let number = self.files.last_key_value().map_or(TOP, |(last, _)| *last) + 1;
        self.files.insert(number, file);
        self.change_names(NameChange::Named(place, number));
        number
    }

    /// Gives a file one more name.
    pub(crate) fn link(&mut self, number: Number, place: Place) {
        self.change_names(NameChange::Named(place, number));
    }

    pub(crate) fn remove(&mut self, place: Place) -> bool {
        let known = self.names.contains_key(&place);
        if known {
            self.change_names(NameChange::Removed(place));
        }
        known
    }

    pub(crate) fn rename(&mut self, from: Place, to: Place) -> bool {
        let Some(number) = self.names.get(&from).copied() else { return false };
        self.change_names(NameChange::Renamed { from, to, number });
        true
    }

    /// The names in a folder.
    pub(crate) fn names_in(&self, folder: Number) -> Vec<(String, Number)> {
        let inside = self.names.iter().filter(|((of, _), _)| *of == folder);
        inside.map(|((_, name), number)| (name.clone(), *number)).collect()
    }

    fn change_names(&mut self, change: NameChange) {
        change.apply(&mut self.names);
        self.unsynced_names.push(UnsyncedName { change, is_before_synced_file: false });
    }

    pub(crate) fn sync(&mut self, number: Number) {
        if let Some(file) = self.files.get_mut(&number) {
            file.sync();
        }
        let names_it = |name: &UnsyncedName| name.change.number() == Some(number);
        if let Some(last) = self.unsynced_names.iter().rposition(names_it) {
            self.unsynced_names[..=last].iter_mut().for_each(|name| name.is_before_synced_file = true);
        }
    }

    /// Puts the names in a folder on the disk.
    pub(crate) fn sync_names_in(&mut self, folder: Number) {
        let (synced, unsynced) =
            std::mem::take(&mut self.unsynced_names).into_iter().partition(|name| name.change.is_in(folder));
        self.unsynced_names = unsynced;
        let synced: Vec<UnsyncedName> = synced;
        for UnsyncedName { change, .. } in synced {
            if let NameChange::Renamed { from, .. } = &change {
                // What is on the disk is not there by its earlier name.
                self.unsynced_names
                    .retain(|name| !matches!(&name.change, NameChange::Named(place, _) if place == from));
            }
            change.apply(&mut self.synced_names);
        }
    }

    fn after_cut(&self, random: &mut Random) -> Self {
        let mut names = self.synced_names.clone();
        self.names_kept(random).for_each(|change| change.apply(&mut names));
        let files = self.files.iter().filter(|(number, _)| names.values().any(|of| of == *number));
        let files = files.map(|(number, file)| (*number, file.after_cut(random))).collect();
        Self { files, synced_names: names.clone(), names, ..Self::default() }
    }

    /// Which changes of names survive of those that were not synced. A journalling file system writes them in their order, so that
    /// any number may be missing at the end, after what a synced file brought along; all that POSIX says is that any may be missing.
    fn names_kept(&self, random: &mut Random) -> impl Iterator<Item = &NameChange> {
        let certain = self.unsynced_names.iter().take_while(|name| name.is_before_synced_file).count();
        let is_journalling = random.below(2) == 0;
        let more = random.below((self.unsynced_names.len() - certain) as u64 + 1);
        let in_order = certain + usize::try_from(more).unwrap_or(0);
        let kept = self.unsynced_names.iter().enumerate();
        let kept = kept.filter(
            move |(number, _)| if is_journalling { *number < in_order } else { random.below(2) == 0 },
        );
        kept.map(|(_, name)| &name.change)
    }
}

impl NameChange {
    /// The file that has a new name.
    const fn number(&self) -> Option<Number> {
        match self {
            Self::Named(_, number) | Self::Renamed { number, .. } => Some(*number),
            Self::Removed(_) => None,
        }
    }

    fn is_in(&self, folder: Number) -> bool {
        match self {
            Self::Named(place, _) | Self::Removed(place) => place.0 == folder,
            Self::Renamed { from, to, .. } => from.0 == folder || to.0 == folder,
        }
    }

    fn apply(&self, names: &mut BTreeMap<Place, Number>) {
        match self {
            Self::Named(place, number) => drop(names.insert(place.clone(), *number)),
            Self::Removed(place) => drop(names.remove(place)),
            Self::Renamed { from, to, number } => {
                names.remove(from);
                names.insert(to.clone(), *number);
            }
        }
    }
}
