//! Entries streamed, for exports.

use futures_util::StreamExt;
use vibesheets_core::{
    Entry,
    store::{EntryQuery, Scope, Store},
};

use super::entry_lists::{busy_days, everything};
use crate::support::{Lab, TestOrganisation, new};

async fn streamed(store: &dyn Store, scope: &Scope, query: &EntryQuery) -> Vec<Entry> {
    let mut stream = store.stream_entries(scope, query);
    let mut entries = Vec::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.unwrap();
        assert!(!chunk.is_empty(), "an empty chunk");
        entries.extend(chunk);
    }
    entries
}

/// Forty entries a record, a second each.
async fn add_many(lab: &Lab, store: &dyn Store, team: &TestOrganisation, records: usize) {
    for record in 0..records {
        let revisions = (0..40)
            .map(|second| {
                let start = format!(
                    "2026-03-{:02}T{:02}:{:02}:{second:02}Z",
                    2 + record / 600,
                    record / 60 % 10,
                    record % 60
                );
                new(lab.entry(team.member(0), &start, Some(&start)))
            })
            .collect();
        lab.write_entries(store, &team.scope(), team.member(0), revisions).await.unwrap();
    }
}

pub async fn a_stream_gives_what_the_pages_give(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 2).await;
    let expected = busy_days(&lab, store, &team).await;
    assert_eq!(streamed(store, &team.scope(), &everything()).await, expected);
    let member = Some(team.member(1));
    let theirs: Vec<_> = expected.into_iter().filter(|entry| Some(entry.member_id) == member).collect();
    assert_eq!(streamed(store, &team.scope(), &EntryQuery { member, ..everything() }).await, theirs);
    let nothing = EntryQuery { projects: Some(vec![]), ..everything() };
    assert_eq!(streamed(store, &team.scope(), &nothing).await, []);
}

pub async fn a_long_stream_comes_in_order_and_whole(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    add_many(&lab, store, &team, 130).await;
    let entries = streamed(store, &team.scope(), &everything()).await;
    assert_eq!(entries.len(), 5200);
    assert!(entries.is_sorted_by(|one, other| (one.start, one.id) < (other.start, other.id)));
}

pub async fn a_stream_that_is_dropped_holds_nobody_up(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    add_many(&lab, store, &team, 130).await;
    for _ in 0..40 {
        let mut stream = store.stream_entries(&team.scope(), &everything());
        stream.next().await.unwrap().unwrap();
    }
    let late = lab.entry(team.member(0), "2026-03-20T08:00:00Z", None);
    lab.add(store, &team.scope(), &[late]).await;
    assert_eq!(streamed(store, &team.scope(), &everything()).await.len(), 5201);
}
