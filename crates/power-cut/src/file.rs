//! A file: as programs see it, and as the disk holds it.

use crate::random::Random;

/// What a disk writes whole or not at all.
const SECTOR_BYTES: usize = 512;

/// A change that was not synced.
#[derive(Debug, Clone)]
enum Change {
    Write { offset: usize, bytes: Vec<u8> },
    Resize(usize),
}

#[derive(Debug, Clone)]
pub(crate) struct File {
    /// As programs see it.
    pub(crate) content: Vec<u8>,
    pub(crate) mode: u16,
    pub(crate) is_folder: bool,
    /// As the disk holds it for sure.
    synced: Vec<u8>,
    /// What came since, which the disk may hold in part.
    unsynced: Vec<Change>,
}

impl File {
    pub(crate) const fn new(mode: u16) -> Self {
        Self { content: Vec::new(), mode, is_folder: false, synced: Vec::new(), unsynced: Vec::new() }
    }

    pub(crate) fn folder(mode: u16) -> Self {
        Self { is_folder: true, ..Self::new(mode) }
    }

    pub(crate) fn write(&mut self, offset: usize, bytes: &[u8]) {
        let change = Change::Write { offset, bytes: bytes.to_vec() };
        change.apply(&mut self.content);
        self.unsynced.push(change);
    }

    pub(crate) fn resize(&mut self, length: usize) {
        self.content.resize(length, 0);
        self.unsynced.push(Change::Resize(length));
    }

    pub(crate) fn sync(&mut self) {
        for change in self.unsynced.drain(..) {
            change.apply(&mut self.synced);
        }
    }

    /// What the disk holds after a cut: of what was not synced any part, in whatever order it was written back.
    pub(crate) fn after_cut(&self, random: &mut Random) -> Self {
        let mut content = self.synced.clone();
        let mut survivors: Vec<Change> =
            self.unsynced.iter().filter_map(|change| change.after_cut(random)).collect();
        // Now and then the disk wrote later pages before earlier ones.
        if random.below(4) == 0 {
            survivors.reverse();
        }
        survivors.iter().for_each(|change| change.apply(&mut content));
        Self { synced: content.clone(), content, unsynced: Vec::new(), ..*self }
    }
}

impl Change {
    fn apply(&self, content: &mut Vec<u8>) {
        match self {
            Self::Resize(length) => content.resize(*length, 0),
            Self::Write { offset, bytes } => {
                let end = offset + bytes.len();
                if content.len() < end {
                    content.resize(end, 0);
                }
                content[*offset..end].copy_from_slice(bytes);
            }
        }
    }

    /// Kept, lost, or torn at a sector: its beginning or its end.
    fn after_cut(&self, random: &mut Random) -> Option<Self> {
        let Self::Write { offset, bytes } = self else {
            return (random.below(2) == 0).then(|| self.clone());
        };
        let tear = |random: &mut Random| {
            let sectors = bytes.len().div_ceil(SECTOR_BYTES) as u64;
            usize::try_from(random.below(sectors + 1)).unwrap_or(0) * SECTOR_BYTES
        };
        match random.below(4) {
            0 => None,
            1 => Some(self.clone()),
            2 => {
                let end = tear(random).min(bytes.len());
                Some(Self::Write { offset: *offset, bytes: bytes[..end].to_vec() })
            }
            _ => {
                let begin = tear(random).min(bytes.len());
                Some(Self::Write { offset: offset + begin, bytes: bytes[begin..].to_vec() })
            }
        }
    }
}
