//! The journal, read.

use std::collections::BTreeSet;

use vibesheets_core::{
    AccountId, MemberId,
    audit::audit,
    journal::{Actor, ChainVerifier, Head, StreamId},
    store::Store,
};

use crate::support::{Lab, TestOrganisation, new};

async fn with_records(lab: &Lab, store: &dyn Store, records: usize) -> TestOrganisation {
    let team = lab.found(store, 3).await;
    for number in 0..records {
        let start = format!("2026-03-02T{:02}:{:02}:00Z", number / 60, number % 60);
        lab.time.advance(1);
        lab.add(store, &team.scope(), &[lab.entry(team.member(0), &start, Some(&start))]).await;
    }
    team
}

pub async fn a_stream_without_records_has_the_empty_head(store: &dyn Store) {
    let stream = StreamId::Account(AccountId::from_bytes([4; 16]));
    assert_eq!(store.head(stream).await.unwrap(), Head::EMPTY);
    assert_eq!(store.find_record(stream, 1).await.unwrap(), None);
    assert_eq!(store.read_stream(stream, 0, 10).await.unwrap(), []);
}

pub async fn a_stream_reads_in_pages_and_its_chain_verifies(store: &dyn Store) {
    let lab = Lab::default();
    let team = with_records(&lab, store, 25).await;
    let stream = team.member_stream(0);
    let mut verifier = ChainVerifier::default();
    loop {
        let after = verifier.head().seq;
        let records = store.read_stream(stream, after, 7).await.unwrap();
        assert_eq!(records.len(), usize::try_from(25 - after).unwrap().min(7));
        if records.is_empty() {
            break;
        }
        for stored in records {
            assert_eq!(stored.record.stream, stream);
            assert_eq!(stored.record.actor, Actor::Member(team.owner.member.id));
            verifier.check(&stored.record, stored.payload.as_ref()).unwrap();
            let found = store.find_record(stream, stored.record.seq).await.unwrap();
            assert_eq!(found, Some(stored));
        }
    }
    assert_eq!(verifier.head(), store.head(stream).await.unwrap());
    assert_eq!(store.find_record(stream, 26).await.unwrap(), None);
    assert_eq!(store.find_record(stream, 0).await.unwrap(), None);
}

pub async fn every_stream_is_listed_once_over_pages(store: &dyn Store) {
    let lab = Lab::default();
    let mut expected = BTreeSet::new();
    for _ in 0..3 {
        let team = lab.found(store, 3).await;
        expected.extend([team.stream(), StreamId::Account(team.account.id)]);
        for index in 0..2 {
            let entry = lab.entry(team.member(index), "2026-03-02T08:00:00Z", None);
            lab.add(store, &team.scope(), std::slice::from_ref(&entry)).await;
            expected.insert(StreamId::Member(team.organisation.id, entry.member_id));
        }
    }
    for limit in [1, 2, 5, 1000] {
        let mut listed: Vec<StreamId> = Vec::new();
        loop {
            let page = store.list_streams(listed.last().copied(), limit).await.unwrap();
            assert!(page.len() <= limit);
            if page.is_empty() {
                break;
            }
            listed.extend(page);
        }
        let distinct: BTreeSet<_> = listed.iter().copied().collect();
        assert_eq!(distinct.len(), listed.len(), "a stream was listed twice");
        let is_organisation = |stream: &StreamId| matches!(stream, StreamId::Organisation(_));
        assert!(listed.is_sorted_by_key(|stream| !is_organisation(stream)), "organisations come first");
        assert!(distinct.is_superset(&expected), "pages of {limit}");
        assert!(
            !distinct.contains(&StreamId::Member(
                expected
                    .iter()
                    .find_map(|stream| match stream {
                        StreamId::Organisation(id) => Some(*id),
                        _ => None,
                    })
                    .unwrap(),
                MemberId::from_bytes([1; 16]),
            ))
        );
    }
}

pub async fn an_audit_of_what_was_written_finds_nothing_wrong(store: &dyn Store) {
    let lab = Lab::default();
    let team = with_records(&lab, store, 12).await;
    let open = lab.entry(team.member(1), "2026-03-02T08:00:00Z", None);
    lab.write_entries(store, &team.scope(), team.member(1), vec![new(open)]).await.unwrap();
    let audit = audit(store, &|_| ()).await.unwrap();
    assert_eq!(audit.findings, []);
    assert!(audit.entries >= 13 && audit.records >= 15, "{audit:?}");
}
