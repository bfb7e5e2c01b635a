//! Commitments to heads, and checkpoints.

use vibesheets_core::{
    actions::heads::Commitments,
    audit::{NamedCheckpoint, audit, audit_against},
    checkpoint::Checkpoint,
    journal::{CommittedHead, DirectoryChange, Hash, Head, Operation, PayloadBody, StreamId},
    store::Store,
};

use crate::support::{Lab, TestOrganisation};

async fn punched(lab: &Lab, store: &dyn Store, team: &TestOrganisation, member: usize, hour: u8) {
    let start = format!("2026-03-02T{hour:02}:00:00Z");
    lab.add(store, &team.scope(), &[lab.entry(team.member(member), &start, Some(&start))]).await;
}

/// What the organisation's record `seq` commits to.
async fn committed(store: &dyn Store, team: &TestOrganisation, seq: u64) -> Vec<CommittedHead> {
    let stored = store.find_record(team.stream(), seq).await.unwrap().expect("the record");
    assert_eq!(stored.record.operation, Operation::HeadsCommit);
    match stored.payload.expect("a payload").open().expect("a body") {
        PayloadBody::Directory(changes) => match changes.as_slice() {
            [DirectoryChange::Heads(heads)] => heads.clone(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

async fn head_of(store: &dyn Store, stream: StreamId) -> CommittedHead {
    let Head { seq, hash, .. } = store.head(stream).await.unwrap();
    CommittedHead { stream, seq, hash }
}

pub async fn an_organisation_commits_to_the_heads_that_moved_and_to_no_others(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 3).await;
    let before = store.head(team.stream()).await.unwrap().seq;
    let mut commitments = Commitments::of(team.organisation.id);
    punched(&lab, store, &team, 0, 8).await;
    punched(&lab, store, &team, 1, 8).await;
    let (moved, head) = commitments.commit(lab.context(store)).await.unwrap();
    // The owner's sign-in, and two members.
    assert_eq!((moved, head.seq), (3, before + 1));
    assert_eq!(head, store.head(team.stream()).await.unwrap());
    let mut said = committed(store, &team, head.seq).await;
    said.sort_by_key(|head| head.stream);
    let streams = [team.member_stream(0), team.member_stream(1), StreamId::Account(team.account.id)];
    let mut expected = Vec::new();
    for stream in streams {
        expected.push(head_of(store, stream).await);
    }
    expected.sort_by_key(|head| head.stream);
    assert_eq!(said, expected);

    assert_eq!(commitments.commit(lab.context(store)).await.unwrap(), (0, head), "nothing moved since");
    punched(&lab, store, &team, 1, 9).await;
    let (moved, head) = commitments.commit(lab.context(store)).await.unwrap();
    assert_eq!(moved, 1);
    assert_eq!(committed(store, &team, head.seq).await, [head_of(store, team.member_stream(1)).await]);
    assert_eq!(audit(store, &|_| ()).await.unwrap().findings, []);
}

pub async fn what_was_committed_to_is_known_again_by_whoever_reads_the_stream(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 2).await;
    punched(&lab, store, &team, 0, 8).await;
    let (_, head) = Commitments::of(team.organisation.id).commit(lab.context(store)).await.unwrap();
    // Another server, or the same one started again.
    let again = Commitments::of(team.organisation.id).commit(lab.context(store)).await.unwrap();
    assert_eq!(again, (0, head));
}

pub async fn of_two_who_commit_at_once_neither_says_what_the_other_said(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 3).await;
    let of = || Commitments::of(team.organisation.id);
    let (mut one, mut other) = (of(), of());
    for hour in 8..16 {
        punched(&lab, store, &team, usize::from(hour) % 3, hour).await;
        let context = lab.context(store);
        let (one, other) = tokio::join!(one.commit(context), other.commit(context));
        let (one, other) = (one.unwrap(), other.unwrap());
        assert_eq!(one.0 + other.0, if hour == 8 { 2 } else { 1 }, "{hour}: {one:?} {other:?}");
    }
    assert_eq!(audit(store, &|_| ()).await.unwrap().findings, []);
}

pub async fn an_audit_finds_what_a_checkpoint_saw_and_the_store_does_not_hold(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 2).await;
    punched(&lab, store, &team, 0, 8).await;
    punched(&lab, store, &team, 0, 9).await;
    let stream = team.member_stream(0);
    let first = store.find_record(stream, 1).await.unwrap().expect("a record").record;
    let head = store.head(stream).await.unwrap();
    let of = |stream, head| NamedCheckpoint {
        name: "note".to_owned(),
        checkpoint: Checkpoint::of([(stream, head)]),
    };
    let found = async |stream, head| {
        let audit = audit_against(store, lab.now(), &[of(stream, head)], &|_| ()).await.unwrap();
        audit.findings.into_iter().map(|finding| finding.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(found(stream, head).await, [""; 0]);
    assert_eq!(found(stream, first.head()).await, [""; 0], "an older checkpoint is borne out too");
    let other = Head { hash: Hash([9; 32]), ..first.head() };
    let words = "is not the record that checkpoint note saw: it or one before it was written anew, and all that follow";
    assert_eq!(found(stream, other).await, [format!("{stream} record 1: {words}")]);
    let later = Head { seq: 7, ..head };
    let words = "the stream ends with record 2; checkpoint note saw its record 7";
    assert_eq!(found(stream, later).await, [format!("{stream}: {words}")]);
    let gone = team.member_stream(1);
    let words = "the stream is missing; checkpoint note saw its record 2";
    assert_eq!(found(gone, head).await, [format!("{gone}: {words}")]);
}
