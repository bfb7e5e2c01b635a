//! Files whose every checksum fits, made by somebody who knows the format: the chains, the order and the rules find them.

use std::sync::LazyLock;

use rusqlite::Connection;
use vibesheets_core::{
    Label,
    actions::{erasure::erase_again, tags::create_tag},
    audit::Place,
    audit_file::{AuditFileFault, ExportError, LinePlace, export},
    checkpoint::{PublicKey, Signer},
    store::{Answer, Erasure, Erasures, Taken},
};
use vibesheets_store_contract::support::{Lab, changed, live_in};
use vibesheets_store_sqlite::{Location, Options, Snapshot, SqliteStore};

use crate::support::{empty, exported, fault, imported, line, open, sealed, texts};

/// One person with an account, an organisation and four entries of two members.
async fn store() -> (SqliteStore, Lab) {
    let (store, lab) = (empty(), Lab::default());
    let team = lab.found(&store, 2).await;
    for member in [0, 1] {
        for day in [2, 3] {
            let [start, end] = ["08", "12"].map(|hour| format!("2026-03-0{day}T{hour}:00:00Z"));
            let entry = lab.entry(team.member(member), &start, Some(&end));
            lab.add(&store, &team.scope(), &[entry]).await;
        }
    }
    (store, lab)
}

/// First line, account, organisation twice, two members with two records each, last line.
async fn lines() -> Vec<String> {
    let lines = texts(&exported(&store().await.0).await);
    assert_eq!(lines.len(), 9);
    lines
}

fn told(lines: &[String]) -> (u64, String) {
    let AuditFileFault { line, place, what } = fault(&sealed(lines));
    let record = match place {
        LinePlace::Record(place) | LinePlace::After(place) => place.to_string(),
        LinePlace::Start => String::new(),
    };
    let kind = record.split(['/', ' ']).nth(2).unwrap_or_default();
    let number = record.rsplit(' ').next().unwrap_or_default();
    (line, format!("{kind} {number}: {what}"))
}

#[tokio::test]
async fn sealing_a_file_again_gives_the_file() {
    let file = exported(&store().await.0).await;
    assert_eq!(sealed(&texts(&file)), file);
}

#[tokio::test]
async fn records_that_are_missing_doubled_or_out_of_order_are_named() {
    let whole = lines().await;
    let without = |line: usize| [&whole[..line], &whole[line + 1..]].concat();
    let doubled = |line: usize| [&whole[..=line], &whole[line..]].concat();
    let swapped = |one: usize, other: usize| {
        let mut lines = whole.clone();
        lines.swap(one, other);
        lines
    };
    for (lines, at, words) in [
        (without(4), 5, "member 2: expected record 1, found record 2"),
        (without(2), 3, "record 2: expected record 1, found record 2"),
        (doubled(5), 7, "which it belongs before: it is there twice, or out of order"),
        (swapped(4, 5), 5, "expected record 1, found record 2"),
        (swapped(1, 2), 3, "which it belongs before: it is there twice, or out of order"),
        ([&whole[..2], &whole[4..]].concat(), 3, "belongs to an organisation that is not in the file"),
        // The second member's stream before the first's.
        ([&whole[..4], &whole[6..8], &whole[4..6]].concat(), 7, "which it belongs before"),
    ] {
        let (line, what) = told(&lines);
        assert!(line == at && what.contains(words), "line {line}: {what}\nexpected line {at}: {words}");
    }
    // A last record that is gone is missed by the count, unless the count was made anew: then only a commitment to the
    // heads from elsewhere tells.
    let file = exported(&store().await.0).await;
    let cut: Vec<&[u8]> = file.split_inclusive(|byte| *byte == b'\n').collect();
    let found = fault(&[&cut[..7], &cut[8..]].concat().concat());
    assert!(found.what.contains("7 records of 4 streams were written, and 6 of 4 are there"), "{found}");
    let end = texts(&file)[8].replace("{\"end\":", "{\"end\": ");
    let found = fault(&[&cut[..8].concat()[..], &line(&end)].concat());
    assert!(found.line == 9 && found.what.contains("is not as VibeSheets writes it"), "{found}");
    let found = fault(&[&cut[..7], &cut[6..7], &cut[8..]].concat().concat());
    assert!(found.what.contains("is there twice"), "{found}");
}

#[tokio::test]
async fn contents_that_were_changed_are_named() {
    let whole = lines().await;
    let replaced = |line: usize, from: &str, to: &str| {
        let mut lines = whole.clone();
        assert!(lines[line].contains(from), "{}", lines[line]);
        lines[line] = lines[line].replacen(from, to, 1);
        lines
    };
    let salt = whole[4].split("\"salt\":\"").nth(1).expect("a salt")[..32].to_owned();
    for (lines, at, words) in [
        (replaced(4, "Europe/Vienna", "Europe/Berlin"), 5, "member 1: its payload does not match its digest"),
        (replaced(4, &salt, &"0".repeat(32)), 5, "member 1: its payload does not match its digest"),
        (replaced(4, "entry.create", "entry.delete"), 5, "member 1: its content does not match its hash"),
        (replaced(4, "{\"record\":{", "{\"record\": {"), 5, "member 1: is not as VibeSheets writes it"),
        (replaced(4, "entry.create", "entry.split"), 5, "its operation is none that this version knows"),
        (replaced(4, "\"seq\"", "\"sequence\""), 5, "is none that this version knows"),
        (replaced(4, "\"record\"", "\"note\""), 5, "is none that this version knows"),
    ] {
        let (line, what) = told(&lines);
        assert!(
            line == at && what.contains(words) || words == "known",
            "line {line}: {what}\nexpected {words}"
        );
    }
}

/// An answer is proven by its payload; that it is gone proves nothing of itself, but a sealed file tells of that too.
#[tokio::test]
async fn answers_that_were_changed_added_or_taken_out_are_named() {
    let (store, lab) = (empty(), Lab::default());
    let team = lab.found(&store, 0).await;
    let name = Label::new("deep").expect("a label");
    let context = lab.context(&store);
    let made = create_tag(context, &team.owner, lab.command(), &name, |_| Answer(b"answered".to_vec()));
    made.await.expect("it is made");
    let file = exported(&store).await;
    let whole = texts(&file);
    let begin = whole[3].find(",\"applied\":{\"digest\"").expect("an answer");
    let answer = &whole[3][begin..whole[3].len() - 2];
    let changed = |line: usize, from: &str, to: &str| {
        let mut lines = whole.clone();
        assert!(lines[line].contains(from), "{}", lines[line]);
        lines[line] = lines[line].replacen(from, to, 1);
        lines
    };
    let other = changed(3, "answered", "answers");
    let mut added = whole.clone();
    added[2].insert_str(whole[2].len() - 2, answer);
    for (lines, line) in [(other, 4), (added, 3)] {
        let found = fault(&sealed(&lines));
        assert!(found.line == line && found.what.contains("its kept answer is not the one"), "{found}");
    }
    let mut forgotten = sealed(&changed(3, answer, ""));
    open(&forgotten).expect("answers are forgotten");
    let end = |file: &[u8]| {
        file.len() - file.split_inclusive(|byte| *byte == b'\n').next_back().expect("lines").len()
    };
    forgotten.truncate(end(&forgotten));
    forgotten.extend_from_slice(&file[end(&file)..]);
    let found = fault(&forgotten);
    assert!(found.what.contains("what comes before does not match its digest"), "{found}");
}

/// A store takes what an action decided; a file is held to the rules without one.
#[tokio::test]
async fn entries_that_overlap_or_skip_a_version_are_named_though_every_chain_is_whole() {
    let (store, lab) = (empty(), Lab::default());
    let team = lab.found(&store, 1).await;
    let at = |start: &str, end: &str| lab.entry(team.member(0), start, Some(end));
    let entries = [
        at("2026-03-02T08:00:00Z", "2026-03-02T12:00:00Z"),
        at("2026-03-02T11:59:59Z", "2026-03-02T13:00:00Z"),
    ];
    let kept = lab.add(&store, &team.scope(), &entries).await;
    let found = fault(&exported(&store).await);
    assert!(found.what.contains("overlap") && found.what.contains(&kept[0].id.to_string()), "{found}");
    assert!(found.line == 7 && found.to_string().contains("record 2"), "{found}");

    let (store, lab) = (empty(), Lab::default());
    let team = lab.found(&store, 1).await;
    let entry = lab.entry(team.member(0), "2026-03-02T08:00:00Z", Some("2026-03-02T12:00:00Z"));
    let kept = lab.add(&store, &team.scope(), &[entry]).await.remove(0);
    let mut never = kept.clone();
    never.billable = true;
    let mut after = kept.clone();
    (after.version, after.deleted) = (2, true);
    let revisions = vec![changed(&never, after)];
    lab.write_entries(&store, &team.scope(), team.member(0), revisions).await.expect("written");
    let found = fault(&exported(&store).await);
    assert!(found.what.contains("does not continue its version before"), "{found}");
    assert_eq!(found.line, 6, "{found}");
}

/// What was erased stays erased, in the file and in what is made from it.
#[tokio::test]
async fn who_was_erased_is_in_no_file_and_does_not_come_back() {
    let (store, lab) = (empty(), Lab::new(77));
    live_in(&store).await;
    let team = lab.found(&store, 1).await;
    for day in [2, 3] {
        let [start, end] = ["08", "12"].map(|hour| format!("2026-03-0{day}T{hour}:00:00Z"));
        lab.add(&store, &team.scope(), &[lab.entry(team.member(0), &start, Some(&end))]).await;
    }
    erase_again(lab.context(&store), team.organisation.id, team.member(0)).await.expect("erased");
    let file = exported(&store).await;
    let source = open(&file).expect("a whole file");
    assert!(exported(&source).await == file, "read back, it gives the same lines");
    let target = empty();
    imported(&file, &target).await.expect("imported");
    assert!(exported(&target).await == file, "and so does the store that is made from it");
}

/// A payload that is missing though nobody was erased is exported as it is, and the file is not proven.
#[tokio::test]
async fn a_payload_that_somebody_took_out_is_found_in_the_file() {
    let store = empty();
    let lab = Lab::default();
    let team = lab.found(&store, 1).await;
    lab.add(&store, &team.scope(), &[lab.entry(team.member(0), "2026-03-02T08:00:00Z", None)]).await;
    let whole = exported(&store).await;
    let taken_out = async |stream, seq, taken| {
        let erasure = Erasure { payloads: vec![(stream, seq, taken)], answers: Vec::new() };
        store.erase(&team.scope(), erasure).await.expect("taken out");
        fault(&exported(&store).await)
    };
    open(&whole).expect("a whole file");
    let person =
        taken_out(team.stream(), 2, Taken::Parts { person: Some(team.member(0)), answer: false }).await;
    assert!(person.what.contains("who was not erased"), "{person}");
    assert_eq!(person.place, LinePlace::Record(Place { stream: Some(team.stream()), seq: Some(2) }));
    let payload = taken_out(team.member_stream(0), 1, Taken::Whole).await;
    assert!(payload.what.contains("nobody whose it was is erased"), "{payload}");
}

#[tokio::test]
async fn a_signed_checkpoint_stands_before_the_last_line_and_nothing_comes_between() {
    let store = empty();
    let lab = Lab::default();
    lab.found(&store, 1).await;
    let mut file = Vec::new();
    export(&store, &mut file, Some(&Signs), &|_, _| ()).await.expect("exported");
    let source = open(&file).expect("a whole file");
    let note = source.checkpoint().expect("a checkpoint").to_owned();
    assert!(note.starts_with("vibesheets checkpoint 1\n") && note.contains("organisation/"), "{note}");
    let mut again = Vec::new();
    export(&source, &mut again, Some(&Signs), &|_, _| ()).await.expect("exported");
    assert!(again == file, "the same records have the same checkpoint");
}

/// Signs with zeros: who checks a signature has a key, and this file has none.
struct Signs;

impl Signer for Signs {
    fn public_key(&self) -> &PublicKey {
        static KEY: LazyLock<PublicKey> =
            LazyLock::new(|| PublicKey { name: "test".to_owned(), key: [0; 32] });
        &KEY
    }

    fn sign(&self, _: &[u8]) -> [u8; 64] {
        [0; 64]
    }
}

#[tokio::test]
async fn a_damaged_store_is_not_exported_as_though_it_were_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vibesheets.db");
    {
        let store = SqliteStore::open(&Location::File(path.clone()), &Options::default()).expect("a store");
        Lab::default().found(&store, 1).await;
    }
    let database = Connection::open(&path).expect("opened");
    database.execute("UPDATE journal SET time = time + 1 WHERE seq = 2", ()).expect("changed");
    drop(database);
    let mut output = Vec::new();
    let refused = export(&Snapshot::open(&path).expect("a state"), &mut output, None, &|_, _| ()).await;
    let Err(ExportError::Damaged { seq: 2, fault, .. }) = refused else { panic!("{refused:?}") };
    assert!(fault.contains("does not match its hash"), "{fault}");
    assert!(open(&output).is_err(), "what was written is no audit file");
}
