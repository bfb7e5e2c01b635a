//! A history that somebody wrote anew, with hashes that are all right, in a database that is all right by itself: what the
//! organisation committed to, and what a checkpoint saw, gives it away.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use vibesheets_core::{
    Note,
    actions::{erasure::erase_again, heads::Commitments},
    audit::{NamedCheckpoint, audit, audit_against},
    checkpoint::Checkpoint,
    journal::{CommittedHead, DirectoryChange, Operation, StreamId},
    store::{JournalReader, Store, StoreError},
};
use vibesheets_store_contract::support::{Lab, TestOrganisation};
use vibesheets_store_sqlite::{Location, Options, Snapshot, SqliteStore};

/// Two databases of the same people, whose first punches are the same and whose later ones are not.
struct Two {
    _folder: tempfile::TempDir,
    truth: PathBuf,
    lie: PathBuf,
    team: TestOrganisation,
    checkpoint: NamedCheckpoint,
}

async fn two() -> Two {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let (truth, lie) = (path("truth.db"), path("lie.db"));
    let (team, checkpoint) = write(&truth, "at work").await;
    write(&lie, "at home").await;
    Two { _folder: folder, truth, lie, team, checkpoint }
}

/// The same to the byte, up to the note of the third entry.
async fn write(path: &Path, third: &str) -> (TestOrganisation, NamedCheckpoint) {
    let lab = Lab::default();
    let store = SqliteStore::open(&Location::File(path.to_owned()), &Options::default()).expect("a store");
    let team = lab.found(&store, 2).await;
    let mut commitments = Commitments::of(team.organisation.id);
    for (hour, note) in [(8, "early"), (9, "morning"), (10, third), (11, "late")] {
        let start = format!("2026-03-02T{hour:02}:00:00Z");
        let mut entry = lab.entry(team.member(0), &start, Some(&start));
        entry.note = Note::new(note).expect("a note");
        lab.add(&store, &team.scope(), &[entry]).await;
        if hour != 10 {
            commitments.commit(lab.context(&store)).await.expect("committed");
        }
    }
    let stream = team.stream();
    let head = JournalReader::head(&store, stream).await.expect("a head");
    let checkpoint = Checkpoint::of([(stream, head)]);
    (team, NamedCheckpoint { name: "kept.checkpoint".to_owned(), checkpoint })
}

async fn found(path: &Path, checkpoints: &[NamedCheckpoint]) -> Vec<String> {
    let snapshot = Snapshot::open(path).expect("a database");
    let found = audit_against(&snapshot, jiff::Timestamp::default(), checkpoints, &|_| ()).await;
    found.expect("an audit").findings.into_iter().map(|finding| finding.to_string()).collect()
}

/// Puts the entries of `lie` in the place of those of `truth`.
fn write_anew(truth: &Path, lie: &Path) {
    let connection = Connection::open(truth).expect("a database");
    connection.execute("ATTACH ?1 AS lie", [lie.to_str().expect("text")]).expect("attached");
    for statement in [
        "DELETE FROM journal WHERE operation = 'entry.create'",
        "INSERT INTO main.journal SELECT * FROM lie.journal WHERE operation = 'entry.create'",
        "DELETE FROM entries",
        "INSERT INTO main.entries SELECT * FROM lie.entries",
    ] {
        connection.execute(statement, ()).expect(statement);
    }
}

#[tokio::test]
async fn nobody_commits_to_a_history_written_anew_and_saying_so_all_the_same_proves_nothing() {
    let Two { truth, lie, team, .. } = &two().await;
    write_anew(truth, lie);
    let (lab, stream) = (Lab::default(), team.member_stream(0));
    let store = SqliteStore::open(&Location::File(truth.clone()), &Options::default()).expect("a store");
    lab.time.advance(86_400);
    let entry = lab.entry(team.member(0), "2026-03-02T12:00:00Z", Some("2026-03-02T12:30:00Z"));
    lab.add(&store, &team.scope(), &[entry]).await;
    let refused = Commitments::of(team.organisation.id).commit(lab.context(&store)).await;
    let Err(StoreError::Corrupt { key, .. }) = refused else { panic!("{refused:?}") };
    assert!(key.starts_with(&stream.to_string()), "{key}");
    let head = JournalReader::head(&store, stream).await.expect("a head");
    for seq in [head.seq, 2] {
        let said = CommittedHead { stream, seq, hash: head.hash };
        let said = vec![DirectoryChange::Heads(vec![said])];
        lab.write_nouns_as(&store, &team.scope(), Operation::HeadsCommit, said).await.expect("said");
    }
    drop(store);
    let organisation = team.stream();
    assert_eq!(
        found(truth, &[]).await,
        [
            format!(
                "{organisation} record 7: says that {stream} ends with record 2, after it was said to hold record 5"
            ),
            format!(
                "{stream} record 2: is not the record that {organisation} record 7 saw: it or one before it was written anew, and \
                 all that follow"
            ),
        ]
    );
}

#[tokio::test]
async fn a_members_stream_written_anew_is_named_by_the_first_record_that_saw_another() {
    let Two { truth, lie, team, .. } = &two().await;
    let stream = team.member_stream(0);
    assert_eq!(found(truth, &[]).await, [""; 0]);
    write_anew(truth, lie);
    // The organisation's records are: made, members added, and three commitments. The third saw the fourth entry's record; that
    // its record 3 is another had been seen by nobody before.
    let organisation = team.stream();
    assert_eq!(
        found(truth, &[]).await,
        [format!(
            "{stream} record 4: is not the record that {organisation} record 5 saw: it or one before it was written anew, and \
             all that follow"
        )]
    );
}

#[tokio::test]
async fn a_stream_that_was_dropped_or_cut_is_missed() {
    for (statement, words) in [
        (
            "DELETE FROM journal WHERE operation = 'entry.create'",
            ": the stream is missing; ORG record 5 saw its record 4",
        ),
        (
            "DELETE FROM journal WHERE operation = 'entry.create' AND seq > 2",
            ": the stream ends with record 2; ORG record 5 saw its record 4",
        ),
    ] {
        let Two { truth, team, .. } = &two().await;
        let connection = Connection::open(truth).expect("a database");
        connection.execute(statement, ()).expect(statement);
        connection
            .execute("DELETE FROM entries WHERE journal_seq > 2 OR ?1", [!statement.contains("seq")])
            .expect("deleted");
        drop(connection);
        let expected =
            format!("{}{}", team.member_stream(0), words.replace("ORG", &team.stream().to_string()));
        assert_eq!(found(truth, &[]).await, [expected]);
    }
}

/// Nobody had committed to them, and the organisation tells of them all the same.
#[tokio::test]
async fn what_an_organisation_tells_of_is_missed_without_any_commitment() {
    for (of, words) in [
        ("account", ": the stream is missing; it is the sign-in of member "),
        ("organisation", ": the stream of "),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vibesheets.db");
        let store = SqliteStore::open(&Location::File(path.clone()), &Options::default()).expect("a store");
        let lab = Lab::default();
        let team = lab.found(&store, 1).await;
        let entry = lab.entry(team.member(0), "2026-03-02T08:00:00Z", None);
        lab.add(&store, &team.scope(), &[entry]).await;
        drop(store);
        assert_eq!(found(&path, &[]).await, [""; 0]);
        let (stream, id) = match of {
            "account" => (StreamId::Account(team.account.id), *team.account.id.as_bytes()),
            _ => (team.stream(), *team.organisation.id.as_bytes()),
        };
        let connection = Connection::open(&path).expect("a database");
        let gone = connection.execute("DELETE FROM journal WHERE substr(stream, -16) = ?1", [id]);
        assert!(gone.expect("deleted") > 0);
        drop(connection);
        let found = found(&path, &[]).await;
        assert!(found[0].starts_with(&format!("{stream}{words}")), "{found:?}");
        assert_eq!(found.len(), 1);
    }
}

/// What was answered is proven by a hash that goes with the answer.
#[tokio::test]
async fn an_answer_that_was_planted_where_one_was_erased_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vibesheets.db");
    let store = SqliteStore::open(&Location::File(path.clone()), &Options::default()).expect("a store");
    let lab = Lab::default();
    let team = lab.found(&store, 1).await;
    let applied = lab.applied("a report of Member 01");
    lab.keep_answer(&store, &team.scope(), Operation::ImportFinish, &applied).await;
    erase_again(lab.context(&store), team.organisation.id, team.member(0)).await.expect("erased");
    drop(store);
    assert_eq!(found(&path, &[]).await, [""; 0]);
    let connection = Connection::open(&path).expect("a database");
    let planted = connection.execute("UPDATE applied_commands SET answer = X'78'", ());
    assert_eq!(planted.expect("planted"), 1);
    drop(connection);
    let words = format!(
        "{} record 3: there is a kept answer of command {}, whose hash is missing",
        team.stream(),
        applied.id
    );
    assert_eq!(found(&path, &[]).await, [words]);
}

#[tokio::test]
async fn a_whole_database_written_anew_is_found_only_by_a_checkpoint() {
    let Two { truth, lie, team, checkpoint, .. } = &two().await;
    assert_eq!(found(truth, std::slice::from_ref(checkpoint)).await, [""; 0]);
    assert_eq!(found(lie, &[]).await, [""; 0]);
    let organisation: StreamId = team.stream();
    assert_eq!(
        found(lie, std::slice::from_ref(checkpoint)).await,
        [format!(
            "{organisation} record 5: is not the record that checkpoint kept.checkpoint saw: it or one before it was written \
             anew, and all that follow"
        )]
    );
}

#[tokio::test]
async fn the_port_and_a_snapshot_say_the_same() {
    let Two { truth, .. } = &two().await;
    let store = SqliteStore::open(&Location::File(truth.clone()), &Options::default()).expect("a store");
    let store: &dyn Store = &store;
    assert_eq!(audit(store, &|_| ()).await.expect("an audit").findings, []);
}
