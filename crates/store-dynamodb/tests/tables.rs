//! Making the tables, and what they forget.

mod support;

use aws_sdk_dynamodb::types::{AttributeValue, TimeToLiveStatus};
use support::faults::{Fault, Faults};
use vibesheets_core::{
    RandomSource,
    audit::{NamedCheckpoint, audit_against},
    checkpoint::Checkpoint,
    journal::{Head, StreamId},
    store::{
        Answer, AppliedCommand, AppliedCommands, JournalReader, Store, StoreError, TimesheetWrite, Timesheets,
    },
};
use vibesheets_store_contract::support::{Lab, new, timestamp};
use vibesheets_store_dynamodb::{Location, keys::Table};

async fn is_expiring(location: &Location, table: Table) -> bool {
    let request = support::client().describe_time_to_live().table_name(location.table_name(table));
    let told = request.send().await.expect("it is told").time_to_live_description;
    told.and_then(|told| told.time_to_live_status) == Some(TimeToLiveStatus::Enabled)
}

/// Whichever request the first attempt got to.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tables_that_were_left_half_made_are_completed() {
    for request in 0.. {
        let location = support::new_location();
        let faults = Faults::at(request, Fault::Death);
        let dying = support::store_at(&location, Some(faults.client())).await;
        let survived = tokio::select! {
            made = dying.create_tables() => made.is_ok(),
            () = faults.died() => false,
        };
        let exact = support::store_at(&location, None).await;
        exact.create_tables().await.expect("the tables are made");
        for table in Table::ALL {
            assert_eq!(is_expiring(&location, table).await, table.expires(), "{table:?}, at {request}");
        }
        if survived {
            return;
        }
    }
}

/// The engine forgets item by item, as here the second part of an answer before the first. What is to be kept is damaged.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_whose_time_is_up_is_forgotten_with_its_first_part() {
    let location = support::new_location();
    let store = support::store_at(&location, None).await;
    store.create_tables().await.expect("the tables are made");
    for (year, is_forgotten) in [(2010, true), (2190, false)] {
        let lab = Lab::new(year);
        lab.time.set(timestamp(&format!("{year}-03-02T08:00:00Z")));
        let team = lab.found(&store, 1).await;
        let mut bytes = vec![0; 500_000];
        lab.random.fill(&mut bytes);
        let applied = AppliedCommand { answer: Answer(bytes), ..lab.applied("") };
        let (scope, start) = (team.scope(), format!("{year}-03-02T08:00:00Z"));
        let entry = lab.entry(team.member(0), &start, Some(&start));
        let write = lab.timesheet_write(&scope, team.member(0), Head::EMPTY, vec![new(entry)]);
        let write = TimesheetWrite { applied: Some(applied.clone()), ..write };
        store.write_timesheet(&scope, write).await.expect("it is taken");
        let command = format!("{}#{}#{}", scope.organisation, scope.actor, applied.id);
        let table = location.table_name(Table::AppliedCommands);
        let delete = support::client().delete_item().table_name(table);
        let delete = delete.key("command", AttributeValue::S(command));
        delete.key("part", AttributeValue::S("001".to_owned())).send().await.expect("it is deleted");
        let found = store.find_applied(&scope, applied.id).await;
        assert!(
            if is_forgotten { found == Ok(None) } else { matches!(found, Err(StoreError::Corrupt { .. })) },
            "{year}: {found:?}"
        );
    }
}

/// Streams are listed by their first records: one that lost it is not walked.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_whose_first_record_is_gone_is_missed() {
    for records in [1, 2] {
        is_missed_without_its_first_record(records).await;
    }
}

/// Where a member has so many.
async fn is_missed_without_its_first_record(records: usize) {
    let location = support::new_location();
    let store = support::store_at(&location, None).await;
    store.create_tables().await.expect("the tables are made");
    let lab = Lab::default();
    let team = lab.found(&store, 1).await;
    let entry = |start: &str, end| lab.entry(team.member(0), &format!("2026-03-02T{start}:00Z"), end);
    lab.add(&store, &team.scope(), &[entry("08:00", Some("2026-03-02T09:00:00Z"))]).await;
    if records == 2 {
        lab.add(&store, &team.scope(), &[entry("10:00", None)]).await;
    }
    let account = StreamId::Account(team.account.id);
    let mut heads = Vec::new();
    for stream in [team.stream(), team.member_stream(0), account] {
        heads.push((stream, store.head(stream).await.expect("a head")));
    }
    let checkpoint = NamedCheckpoint { name: "kept".to_owned(), checkpoint: Checkpoint::of(heads) };
    let organisation = team.organisation.id;
    for (stream, table, partition) in [
        (account, Table::Accounts, team.account.id.to_string()),
        (team.member_stream(0), Table::TimeEntries, format!("{organisation}/{}", team.member(0))),
        (team.stream(), Table::Organisations, organisation.to_string()),
    ] {
        let delete = support::client().delete_item().table_name(location.table_name(table));
        let delete = delete.key(table.partition_key(), AttributeValue::S(partition));
        let delete = delete.key(table.sort_key(), AttributeValue::S("JOURNAL#000000000001".to_owned()));
        delete.send().await.expect("it is deleted");
        // The organisation tells of its members' sign-ins, and of members whose other records are still there.
        if stream == account || (stream == team.member_stream(0) && records == 2) {
            let words = found(&store, &[]).await;
            assert!(words.iter().any(|finding| finding.starts_with(&stream.to_string())), "{words:?}");
        }
        let missed = found(&store, std::slice::from_ref(&checkpoint)).await;
        let missing = format!("{stream}: the stream is missing; checkpoint kept saw its record");
        assert!(missed.iter().any(|finding| finding.starts_with(&missing)), "{missed:?}");
    }
    // Nothing is left that tells of them but themselves.
    assert_eq!(found(&store, &[]).await, [""; 0]);
}

async fn found(store: &dyn Store, checkpoints: &[NamedCheckpoint]) -> Vec<String> {
    let found = audit_against(store, jiff::Timestamp::default(), checkpoints, &|_| ()).await;
    found.expect("an audit").findings.into_iter().map(|finding| finding.to_string()).collect()
}
