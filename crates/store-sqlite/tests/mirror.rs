//! The mirror: what a crash may leave at each step, and what it is told to refuse.

#![allow(clippy::unwrap_used, reason = "what a test prepares must succeed")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use futures_util::future::join_all;
use tempfile::TempDir;
use vibesheets_core::{
    audit::audit,
    durability::{Batch, Durability, Segment, SegmentEnd},
    journal::{Append, EntriesChange, Head, Operation, PayloadBody, RecordDraft},
    store::{AppliedCommand, AppliedCommands, StoreError, TimesheetWrite, Timesheets},
};
use vibesheets_store_contract::support::{Lab, TestOrganisation, new};
use vibesheets_store_sqlite::{Location, MirrorError, MirrorOptions, OpenError, Options, SqliteStore};

/// A database and its mirror.
struct Place {
    folder: TempDir,
}

impl Place {
    fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("mirror")).unwrap();
        Self { folder }
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("vibesheets.db")
    }

    fn mirror(&self) -> PathBuf {
        self.folder.path().join("mirror")
    }

    fn try_open(&self, optional: bool) -> Result<SqliteStore, OpenError> {
        let mirror = Some(MirrorOptions { folder: self.mirror(), optional });
        SqliteStore::open(&Location::File(self.database()), &Options { most_pages: None, mirror })
    }

    fn open(&self) -> SqliteStore {
        self.try_open(false).unwrap()
    }

    fn segments(&self) -> Vec<PathBuf> {
        let mut segments: Vec<_> =
            fs::read_dir(self.mirror().join("segments")).unwrap().map(|file| file.unwrap().path()).collect();
        segments.sort();
        segments
    }

    fn last_segment(&self) -> PathBuf {
        self.segments().pop().unwrap()
    }

    fn mirrored(&self) -> Vec<Batch> {
        let read = |path: PathBuf| Segment::parse(&fs::read(path).unwrap()).unwrap().unwrap();
        self.segments().into_iter().map(read).flat_map(|segment| segment.batches).collect()
    }
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_dir() {
            copied(&file.path(), &to.join(file.file_name()));
        } else {
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
}

/// A team, then entries of its members, each one commit, and the last one's answer.
struct Written {
    place: Place,
    lab: Lab,
    team: TestOrganisation,
    writes: Vec<TimesheetWrite>,
    /// The folder as it was before the last group.
    before: TempDir,
    last_commit: u64,
}

impl Written {
    async fn groups_of(members: usize) -> Self {
        let place = Place::empty();
        let lab = Lab::default();
        let store = place.open();
        let team = lab.found(&store, members).await;
        let scope = team.scope();
        let write = |index| {
            let entry = lab.entry(team.member(index), "2026-03-02T08:00:00Z", None);
            let change = EntriesChange { device_time: None, import_id: None, entries: vec![new(entry)] };
            let applied = lab.applied("an answer");
            let draft = RecordDraft {
                command: applied.id,
                applied: Some(applied.hash()),
                ..lab.draft(&scope, Operation::ClockIn)
            };
            let body = PayloadBody::Entries(change.clone());
            let append = Append::after(Head::EMPTY, team.member_stream(index), draft, &body, &lab.random);
            TimesheetWrite { append, change, applied: Some(applied) }
        };
        let writes: Vec<_> = (0..members).map(write).collect();
        let last_commit = store.last_commit();
        drop(store);
        let before = tempfile::tempdir().unwrap();
        copied(place.folder.path(), before.path());
        let store = place.open();
        let answers = join_all(writes.iter().map(|write| store.write_timesheet(&scope, write.clone()))).await;
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        drop(store);
        Self { place, lab, team, writes, before, last_commit }
    }

    fn lines_before(&self) -> Vec<u8> {
        let name = self.place.last_segment();
        fs::read(self.before.path().join("mirror/segments").join(name.file_name().unwrap())).unwrap()
    }

    /// As a crash leaves it: the database from before the last group, the last segment with these bytes.
    fn crashed(&self, segment: &[u8]) -> Place {
        let place = Place { folder: tempfile::tempdir().unwrap() };
        copied(self.before.path(), place.folder.path());
        fs::write(place.last_segment(), segment).unwrap();
        place
    }

    async fn applied(&self, store: &SqliteStore, write: &TimesheetWrite) -> Option<AppliedCommand> {
        let id = write.applied.as_ref().unwrap().id;
        store.find_applied(&self.team.scope(), id).await.unwrap()
    }

    /// Opens it, finds exactly the first `expected` of the last group, goes on writing, and finds both sides the same.
    async fn recovers(&self, place: &Place, expected: usize) {
        let store = place.open();
        for (index, write) in self.writes.iter().enumerate() {
            let expected = if index < expected { write.applied.clone() } else { None };
            assert_eq!(self.applied(&store, write).await, expected, "write {index}");
        }
        assert_eq!(store.last_commit(), self.last_commit + expected as u64);
        for write in &self.writes[expected..] {
            store.write_timesheet(&self.team.scope(), write.clone()).await.unwrap();
        }
        assert_eq!(audit(&store, &|_| ()).await.unwrap().findings, []);
        assert_eq!(store.check_integrity().await.unwrap(), Vec::<String>::new());
        assert_eq!(place.mirrored(), store.read_batches(0, usize::MAX).await.unwrap());
    }
}

#[tokio::test]
async fn every_commit_is_in_the_mirror_with_its_answer() {
    let written = Written::groups_of(3).await;
    let store = written.place.open();
    let batches = store.read_batches(0, usize::MAX).await.unwrap();
    assert_eq!(written.place.mirrored(), batches);
    let newest = batches.last().unwrap().records.last().unwrap();
    assert_eq!(newest.applied, written.writes[2].applied);
}

/// Each byte of the group's lines may be the last that reached the disk.
#[tokio::test]
async fn a_crash_at_each_step_of_a_commit_leaves_what_was_whole_in_the_mirror() {
    let written = Written::groups_of(2).await;
    let (before, after) = (written.lines_before(), fs::read(written.place.last_segment()).unwrap());
    let whole_lines = |bytes: usize| after[before.len()..bytes].iter().filter(|byte| **byte == b'\n').count();
    let ends = (before.len()..=after.len()).filter(|end| {
        let at_a_line = after[..*end].ends_with(b"\n") || after.get(*end) == Some(&b'\n');
        at_a_line || end % 97 == 0
    });
    let mut steps = 0;
    for end in ends {
        written.recovers(&written.crashed(&after[..end]), whole_lines(end)).await;
        steps += 1;
    }
    assert!(steps > 20, "{steps} steps");
}

/// Where the lines of the last group begin: the writer may have taken what was sent at once in more than one.
fn last_group_begins(segment: &[u8]) -> usize {
    let text = std::str::from_utf8(segment).unwrap();
    let group = |line: &str| {
        line.split_once("\"group\":").map(|(_, rest)| rest.split_once(',').unwrap().0.to_owned())
    };
    let last = text.lines().last().and_then(group).unwrap();
    let before = text.lines().take_while(|line| group(line).as_ref() != Some(&last));
    before.map(|line| line.len() + 1).sum()
}

/// A disk writes sectors in any order: what is before a hole counts, what is after it does not.
#[tokio::test]
async fn a_hole_in_the_last_group_ends_it() {
    let written = Written::groups_of(6).await;
    let after = fs::read(written.place.last_segment()).unwrap();
    for hole in (last_group_begins(&after)..after.len() - 512).step_by(1531) {
        let mut torn = after.clone();
        torn[hole..hole + 512].fill(0);
        let Some(segment) = Segment::parse(&torn).unwrap() else { panic!("the first line is whole") };
        assert_ne!(segment.end, SegmentEnd::Whole, "a hole at {hole}");
        let expected = segment.batches.iter().filter(|batch| batch.commit > written.last_commit).count();
        written.recovers(&written.crashed(&torn), expected).await;
    }
}

#[tokio::test]
async fn a_database_that_is_ahead_of_its_mirror_brings_it_up_to_date() {
    let written = Written::groups_of(3).await;
    let place = &written.place;
    fs::write(place.last_segment(), written.lines_before()).unwrap();
    written.recovers(place, 3).await;
}

#[tokio::test]
async fn a_mirror_of_a_database_with_a_past_begins_with_a_snapshot() {
    let place = Place::empty();
    let lab = Lab::default();
    let store = SqliteStore::open(&Location::File(place.database()), &Options::default()).unwrap();
    let team = lab.found(&store, 2).await;
    let commit = store.last_commit();
    drop(store);
    let store = place.open();
    assert!(place.mirror().join(format!("snapshots/{commit:020}.db")).exists());
    assert!(place.mirror().join(format!("snapshots/{commit:020}.manifest")).exists());
    assert_eq!(place.segments(), Vec::<PathBuf>::new());
    let entry = lab.entry(team.member(0), "2026-03-02T08:00:00Z", None);
    lab.write_entries(&store, &team.scope(), team.member(0), vec![new(entry)]).await.unwrap();
    assert_eq!(place.mirrored(), store.read_batches(commit, usize::MAX).await.unwrap());
}

#[tokio::test]
async fn every_flipped_byte_of_a_segment_is_found() {
    let written = Written::groups_of(4).await;
    let bytes = fs::read(written.place.last_segment()).unwrap();
    for at in (0..bytes.len()).step_by(64).chain([bytes.len() - 1]) {
        for bit in [1, 0x20, 0x80] {
            let mut flipped = bytes.clone();
            flipped[at] ^= bit;
            match Segment::parse(&flipped) {
                Ok(Some(segment)) => assert_ne!(segment.end, SegmentEnd::Whole, "byte {at}"),
                Ok(None) => panic!("byte {at} hides the segment"),
                Err(_) => {}
            }
        }
    }
}

#[tokio::test]
async fn damage_that_no_power_cut_leaves_is_named_and_refused() {
    let written = Written::groups_of(3).await;
    let path = written.place.last_segment();
    let mut bytes = fs::read(&path).unwrap();
    // In a line that a later group follows.
    bytes[200] ^= 1;
    fs::write(&path, bytes).unwrap();
    let error = written.place.try_open(false).err().unwrap();
    let expected = format!("{}: line 2 does not match its checksum", path.display());
    assert!(error.to_string().starts_with(&expected), "{error}");
    assert!(matches!(error, OpenError::Mirror(MirrorError::Damaged { .. })), "{error:?}");
    assert!(written.place.try_open(true).is_err(), "an optional mirror is not allowed to be wrong");
}

#[tokio::test]
async fn the_mirror_of_another_database_is_refused() {
    let written = Written::groups_of(1).await;
    fs::remove_file(written.place.database()).unwrap();
    let error = written.place.try_open(false).err().unwrap();
    assert!(matches!(&error, OpenError::Mirror(MirrorError::Foreign { .. })), "{error}");
    assert!(error.to_string().contains("vibesheets restore --from"), "{error}");
}

/// A copy of the database went its own way.
#[tokio::test]
async fn the_mirror_of_another_past_of_the_same_database_is_refused() {
    let written = Written::groups_of(2).await;
    let other = written.crashed(&written.lines_before());
    let store = other.open();
    let entry = written.lab.entry(written.team.member(1), "2026-03-03T08:00:00Z", None);
    let scope = written.team.scope();
    written.lab.write_entries(&store, &scope, written.team.member(1), vec![new(entry)]).await.unwrap();
    drop(store);
    fs::remove_dir_all(other.mirror()).unwrap();
    copied(&written.place.mirror(), &other.mirror());
    let error = other.try_open(false).err().unwrap();
    assert!(matches!(&error, OpenError::Mirror(MirrorError::Foreign { .. })), "{error}");
}

#[tokio::test]
async fn two_stores_never_write_to_one_mirror() {
    let place = Place::empty();
    let _store = place.open();
    let mirror = Some(MirrorOptions { folder: place.mirror(), optional: false });
    let other = Location::File(place.folder.path().join("other.db"));
    let error = SqliteStore::open(&other, &Options { most_pages: None, mirror }).err().unwrap();
    assert!(matches!(error, OpenError::Mirror(MirrorError::InUse { .. })), "{error}");
}

/// A folder stands where the next segment belongs, so that nothing can be written.
fn block(place: &Place, commit: u64) -> PathBuf {
    let path = place.mirror().join(format!("segments/{commit:020}.segment"));
    fs::create_dir(&path).unwrap();
    path
}

#[tokio::test]
async fn what_cannot_be_mirrored_is_not_done_until_it_can() {
    let (place, lab) = (Place::empty(), Lab::default());
    let store = place.open();
    let blocked = block(&place, 1);
    let account = lab.account();
    let (append, revision) = lab.account_write(Head::EMPTY, new(account.clone()));
    use vibesheets_core::store::Accounts;
    let refused = store.write_account(append.clone(), revision.clone()).await;
    assert!(matches!(refused, Err(StoreError::Unavailable { .. })), "{refused:?}");
    assert_eq!((store.last_commit(), store.find_account(account.id).await.unwrap()), (0, None));
    fs::remove_dir(blocked).unwrap();
    store.write_account(append, revision).await.unwrap();
    assert_eq!(place.mirrored().len(), 1);
    assert_eq!(store.mirror_behind(), Some(0));
}

#[tokio::test]
async fn an_optional_mirror_is_brought_up_to_date_once_it_can_be_written() {
    let (place, lab) = (Place::empty(), Lab::default());
    let store = place.try_open(true).unwrap();
    let blocked = block(&place, 1);
    let team = lab.found(&store, 2).await;
    assert_eq!(store.mirror_behind(), Some(store.last_commit()));
    fs::remove_dir(blocked).unwrap();
    let entry = lab.entry(team.member(0), "2026-03-02T08:00:00Z", None);
    lab.write_entries(&store, &team.scope(), team.member(0), vec![new(entry)]).await.unwrap();
    assert_eq!(store.mirror_behind(), Some(0));
    assert_eq!(place.mirrored(), store.read_batches(0, usize::MAX).await.unwrap());
    drop(store);
    drop(place.open());
}

#[tokio::test]
async fn a_mirror_whose_disk_is_missing_is_left_out_only_where_it_is_optional() {
    let place = Place::empty();
    fs::remove_dir(place.mirror()).unwrap();
    let error = place.try_open(false).err().unwrap();
    assert!(matches!(error, OpenError::Mirror(MirrorError::Unusable { .. })), "{error}");
    let store = place.try_open(true).unwrap();
    assert_ne!(store.mirror_behind(), Some(0));
}
