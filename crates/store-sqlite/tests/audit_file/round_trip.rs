//! Export, wipe, import, export.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::OnceCell;
use vibesheets_core::{
    audit::audit_against,
    audit_file::{ExportError, export},
    durability::{Durability, Kept, Replay},
    journal::{Head, Operation, StreamId},
    moving::{MoveError, RecordSource, move_store},
    store::{Answer, AppliedCommand, AppliedCommands, JournalReader, Store, StoreError},
};
use vibesheets_store_contract::{
    Fault, Instrumented,
    support::{Lab, live_in},
};
use vibesheets_store_sqlite::{Location, Options, Rebuild, Snapshot, SqliteStore, Until};

use crate::support::{empty, exported, imported, lived_in, open};

#[tokio::test]
async fn what_is_exported_imported_and_exported_again_is_the_same_to_the_byte() {
    let source = lived_in().await;
    let file = exported(&source).await;
    assert_eq!(exported(&source).await, file, "the same store gives the same file");
    drop(source);
    let target = empty();
    let moved = imported(&file, &target).await.expect("it is imported");
    assert_eq!((moved.moved, moved.found), (moved.records, 0));
    assert!(moved.records > 150 && moved.streams > 15, "{moved:?}");
    assert!(exported(&target).await == file, "the store gives the file it was made from");
    let again = imported(&file, &target).await.expect("there is nothing left to do");
    assert_eq!(again.found, moved.records);
}

#[tokio::test]
async fn an_empty_store_has_an_audit_file_too() {
    let file = exported(&empty()).await;
    assert_eq!(file.iter().filter(|byte| **byte == b'\n').count(), 2);
    let target = empty();
    assert_eq!(imported(&file, &target).await.expect("it is imported").records, 0);
    assert_eq!(exported(&target).await, file);
}

/// Records are read from a file in any order and any pieces like from the store.
#[tokio::test]
async fn a_file_gives_the_file_it_is() {
    let file = exported(&lived_in().await).await;
    assert!(exported(&open(&file).expect("a whole file")).await == file);
}

#[tokio::test]
async fn a_database_is_exported_as_it_was_at_one_moment_while_others_write() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vibesheets.db");
    let store = SqliteStore::open(&Location::File(path.clone()), &Options::default()).expect("a store");
    live_in(&store).await;
    let before = exported(&store).await;
    let snapshot = Snapshot::open(&path).expect("a state");
    Lab::new(9).found(&store, 2).await;
    assert!(exported(&snapshot).await == before);
    assert!(exported(&store).await.len() > before.len());
}

/// Whatever call of the target fails, and whether it happened or not: importing again goes on from there.
#[tokio::test]
async fn an_import_that_is_interrupted_goes_on_where_it_was() {
    let file = exported(&lived_in().await).await;
    let target = Arc::new(empty());
    let mut found = Vec::new();
    for call in (30..).step_by(70) {
        let faulty = Instrumented::new(Arc::clone(&target) as Arc<dyn Store>);
        faulty.fail(call, if call % 20 == 0 { Fault::Before } else { Fault::After });
        match imported(&file, &faulty).await {
            Ok(moved) => {
                found.push(moved.found);
                break;
            }
            Err(MoveError::Store { .. }) => found.push(0),
            Err(error) => panic!("{error}"),
        }
    }
    assert!(found.len() > 3, "only {} attempts", found.len());
    assert!(found.last().is_some_and(|found| *found > 0), "nothing was found from before");
    assert!(exported(&*target).await == file);
}

#[tokio::test]
async fn a_store_that_lived_on_its_own_is_no_place_to_import_to() {
    let file = exported(&lived_in().await).await;
    let other = empty();
    Lab::new(9).found(&other, 1).await;
    let before = exported(&other).await;
    let error = imported(&file, &other).await.expect_err("it holds something else");
    assert!(matches!(error, MoveError::Occupied { .. }), "{error}");
    assert_eq!(exported(&other).await, before);
    // The same organisation, which went on elsewhere.
    let one = empty();
    let lab = Lab::new(9);
    let team = lab.found(&one, 1).await;
    let file = exported(&one).await;
    lab.write_entries(&one, &team.scope(), team.member(0), Vec::new()).await.expect("written");
    let error = imported(&file, &one).await.expect_err("it holds more");
    assert!(matches!(error, MoveError::Diverged { .. } | MoveError::Occupied { .. }), "{error}");
}

/// Answers that the source forgot are neither invented nor missed.
#[tokio::test]
async fn forgotten_answers_are_not_missed() {
    let source = lived_in().await;
    let with_answers = exported(&source).await;
    let far = "2030-01-01T00:00:00Z".parse().expect("a time");
    assert!(source.prune_applied(far).await.expect("they are forgotten") > 50);
    let file = exported(&source).await;
    assert!(file.len() < with_answers.len());
    let (source, target) = (open(&file).expect("a whole file"), empty());
    move_store(&source, &target, far, &|_| ()).await.expect("it is imported");
    assert!(exported(&target).await == file);
}

/// A store seen through an engine that lists streams the other way round, or that somebody writes to meanwhile.
struct Seen {
    store: SqliteStore,
    reversed: bool,
    /// Who writes at the first read, once.
    writer: Option<OnceCell<Lab>>,
}

#[async_trait]
impl RecordSource for Seen {
    async fn list_streams(&self, after: Option<StreamId>, limit: usize) -> Result<Vec<StreamId>, StoreError> {
        let mut streams = JournalReader::list_streams(&self.store, after, limit).await?;
        if self.reversed {
            streams.reverse();
        }
        Ok(streams)
    }

    async fn head(&self, stream: StreamId) -> Result<Head, StoreError> {
        JournalReader::head(&self.store, stream).await
    }

    async fn read_kept(&self, stream: StreamId, after: u64, limit: usize) -> Result<Vec<Kept>, StoreError> {
        if let Some(writer) = &self.writer {
            let write = || async {
                let lab = Lab::new(9);
                lab.found(&self.store, 1).await;
                lab
            };
            writer.get_or_init(write).await;
        }
        self.store.read_kept(stream, after, limit).await
    }
}

#[tokio::test]
async fn the_order_in_which_an_engine_lists_streams_makes_no_difference() {
    let mut seen = Seen { store: lived_in().await, reversed: false, writer: None };
    let file = exported(&seen).await;
    seen.reversed = true;
    assert!(exported(&seen).await == file);
}

#[tokio::test]
async fn a_store_that_is_written_meanwhile_is_not_exported() {
    let seen = Seen { store: lived_in().await, reversed: false, writer: Some(OnceCell::new()) };
    let refused = export(&seen, &mut Vec::new(), None, &|_, _| ()).await;
    assert!(matches!(refused, Err(ExportError::Changed { .. })), "{refused:?}");
}

/// Whoever sends a command again after 400 days has it carried out again: its answer is that of the last record.
#[tokio::test]
async fn a_command_that_came_again_once_it_was_forgotten_is_written_again_everywhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vibesheets.db");
    let store = SqliteStore::open(&Location::File(path.clone()), &Options::default()).expect("a store");
    let lab = Lab::default();
    let team = lab.found(&store, 1).await;
    let first = lab.applied("the first answer");
    lab.keep_answer(&store, &team.scope(), Operation::TagCreate, &first).await;
    // As a mirror got it.
    let mut batches = store.read_batches(0, usize::MAX).await.expect("commits");
    lab.time.advance(401 * 86_400);
    let since = lab.now() - jiff::SignedDuration::from_hours(400 * 24);
    assert_eq!(store.prune_applied(since).await, Ok(1));
    let last = AppliedCommand { answer: Answer(b"the last answer".to_vec()), ..first };
    lab.keep_answer(&store, &team.scope(), Operation::TagCreate, &last).await;
    let audit = audit_against(&store as &dyn Store, since, &[], &|_| ()).await.expect("an audit");
    assert_eq!(audit.findings, []);

    let file = exported(&store).await;
    let target = empty();
    move_store(&open(&file).expect("a whole file"), &target, since, &|_| ()).await.expect("it is imported");
    assert!(exported(&target).await == file);
    assert_eq!(target.find_applied(&team.scope(), last.id).await, Ok(Some(last.clone())));

    let commit = store.last_commit();
    batches.extend(store.read_batches(commit - 1, usize::MAX).await.expect("commits"));
    for from in ["batches", "journal"] {
        let again = folder.path().join(from);
        let mut rebuild = Rebuild::begin(&again).expect("a database");
        match from {
            "batches" => rebuild.replay(&batches).expect("it is written again"),
            _ => drop(
                rebuild
                    .replay_journal_of(&path, Until::Commit(commit), &|_| ())
                    .expect("it is written again"),
            ),
        }
        rebuild.finish(&again).expect("a database");
        let again = SqliteStore::open(&Location::File(again), &Options::default()).expect("a store");
        assert!(exported(&again).await == file, "{from}");
        assert_eq!(again.find_applied(&team.scope(), last.id).await, Ok(Some(last.clone())), "{from}");
    }
}
