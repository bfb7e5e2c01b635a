//! How long a request is tried again, how it ends, and how long it waits in between. Time stands still but for the waits.

mod support;

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};
use support::scripted::{Asked, Script, Told};
use tokio::time::Instant;
use vibesheets_core::{
    EntryId, MemberId, OrganisationId,
    journal::{Actor, Head, Operation, StreamId},
    store::{
        AppliedCommands, Erasure, Erasures, JournalReader, Organisations, Scope, StoreError, Taken,
        TimesheetQuery, TimesheetWrite, Timesheets,
    },
};
use vibesheets_store_contract::support::{Lab, SeededRandom, new};
use vibesheets_store_dynamodb::DynamoDbStore;

/// How long a request is tried again.
const DEADLINE: Duration = Duration::from_secs(7);
/// How long an attempt waits for its answer.
const ATTEMPT: Duration = Duration::from_secs(2);

const ORGANISATION: OrganisationId = OrganisationId::from_bytes([1; 16]);
const MEMBER: MemberId = MemberId::from_bytes([2; 16]);
const STREAM: StreamId = StreamId::Member(ORGANISATION, MEMBER);

fn scope() -> Scope {
    Scope { organisation: ORGANISATION, actor: Actor::Member(MEMBER) }
}

async fn store(script: &Arc<Script>, seed: u64) -> DynamoDbStore {
    let location = "dynamodb:test-?endpoint=http://127.0.0.1:1".parse().expect("a location");
    let random = Arc::new(SeededRandom::new(seed));
    DynamoDbStore::connect_through(Some(script.client()), &location, random).await.expect("a store")
}

/// One entry, the first of its member.
fn write(lab: &Lab) -> TimesheetWrite {
    let entry = lab.entry(MEMBER, "2026-03-02T08:00:00Z", Some("2026-03-02T12:00:00Z"));
    lab.timesheet_write(&scope(), MEMBER, Head::EMPTY, vec![new(entry)])
}

/// How an action ended, and how long it took.
async fn timed<T>(action: impl Future<Output = T>) -> (T, Duration) {
    let began = Instant::now();
    (action.await, began.elapsed())
}

/// Up to the deadline, and from the moment on in which the next wait could pass it.
fn ends_at_the_deadline(took: Duration) {
    assert!((DEADLINE - Duration::from_secs(1)..=DEADLINE).contains(&took), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn what_is_always_throttled_ends_as_unavailable_within_the_deadline() {
    let script = Script::new(|_| Told::Throttled);
    let store = store(&script, 1).await;
    let (read, took) = timed(store.find_member(&scope(), MEMBER)).await;
    assert!(matches!(read, Err(StoreError::Unavailable { .. })), "{read:?}");
    ends_at_the_deadline(took);
    let (read, took) = timed(store.find_applied_for_certain(&scope(), Lab::default().command().id)).await;
    assert!(matches!(read, Err(StoreError::Unavailable { .. })), "{read:?}");
    ends_at_the_deadline(took);
}

/// Of a write that was never carried out nothing is unknown.
#[tokio::test(start_paused = true)]
async fn a_transaction_that_is_always_throttled_ends_as_unavailable_within_the_deadline() {
    let script = Script::new(|asked| match asked.operation.as_str() {
        "TransactWriteItems" => Told::Throttled,
        _ => Told::Answer(json!({ "Items": [] })),
    });
    let store = store(&script, 1).await;
    let (written, took) = timed(store.write_timesheet(&scope(), write(&Lab::default()))).await;
    assert!(matches!(written, Err(StoreError::Unavailable { .. })), "{written:?}");
    ends_at_the_deadline(took);
}

/// The last attempt may be sent just before the deadline; a look at the record's place then tells nothing, or takes a deadline of
/// its own.
#[tokio::test(start_paused = true)]
async fn a_transaction_whose_answer_is_always_lost_ends_as_unknown_and_keeps_its_token() {
    for is_readable in [true, false] {
        let script = Script::new(move |asked| match asked.operation.as_str() {
            "TransactWriteItems" => Told::Nothing,
            "GetItem" if !is_readable => Told::Nothing,
            _ => Told::Answer(json!({ "Items": [] })),
        });
        let store = store(&script, 1).await;
        let (written, took) = timed(store.write_timesheet(&scope(), write(&Lab::default()))).await;
        assert!(matches!(written, Err(StoreError::OutcomeUnknown { .. })), "{written:?}");
        let longest = (DEADLINE + ATTEMPT) * if is_readable { 1 } else { 2 };
        assert!((DEADLINE - Duration::from_secs(1)..=longest).contains(&took), "{took:?}");
        let asked = script.take();
        let tokens: Vec<&Value> = asked
            .iter()
            .filter(|asked| asked.operation == "TransactWriteItems")
            .map(|asked| &asked.body["ClientRequestToken"])
            .collect();
        assert!(tokens.len() > 2 && tokens[0].is_string(), "{tokens:?}");
        assert!(tokens.iter().all(|token| *token == tokens[0]), "{tokens:?}");
    }
}

/// "Full jitter" of Amazon's "Exponential Backoff and Jitter": each wait is anything from nothing to its cap, as the store's
/// random source says.
#[tokio::test(start_paused = true)]
async fn waits_are_spread_evenly_from_nothing_to_a_cap_that_doubles() {
    const CALLS: u64 = 400;
    let script = Script::new(|_| Told::Throttled);
    let mut waits: Vec<Vec<u64>> = vec![Vec::new(); 9];
    for seed in 0..CALLS {
        let store = store(&script, seed).await;
        store.find_member(&scope(), MEMBER).await.expect_err("it is throttled");
        for (number, wait) in script.take_waits().iter().enumerate().take(waits.len()) {
            waits[number].push(u64::try_from(wait.as_millis()).expect("short"));
        }
    }
    for (number, waits) in waits.iter().enumerate() {
        let cap = (25 << number).min(1000);
        assert_eq!(waits.len() as u64, CALLS, "wait {number}");
        // A timer is rounded up to a millisecond.
        assert!(waits.iter().all(|wait| *wait <= cap + 1), "wait {number}: {waits:?}");
        for quarter in 0..4 {
            let bounds = (cap + 1) * quarter / 4..(cap + 1) * (quarter + 1) / 4 + u64::from(quarter == 3);
            let share = waits.iter().filter(|wait| bounds.contains(wait)).count() as u64 * 100 / CALLS;
            assert!((15..=36).contains(&share), "wait {number}: {share} of a hundred in {bounds:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn waits_are_those_of_the_random_source() {
    let script = Script::new(|_| Told::Throttled);
    let mut waits = Vec::new();
    for seed in [1, 1, 2] {
        let store = store(&script, seed).await;
        store.find_member(&scope(), MEMBER).await.expect_err("it is throttled");
        waits.push(script.take_waits());
    }
    assert_eq!(waits[0], waits[1]);
    assert_ne!(waits[0], waits[2]);
}

/// As in a transaction that takes for ever: another moment may show the open entry and its record together.
#[tokio::test(start_paused = true)]
async fn an_open_entry_without_its_record_is_unavailable_rather_than_corrupt() {
    let open = json!({ "item": { "S": "OPEN" }, "revision": { "S": "some" } });
    let script = Script::new(move |_| Told::Answer(json!({ "Items": [open] })));
    let store = store(&script, 1).await;
    let query = TimesheetQuery { member: MEMBER, overlapping: None, entries: Vec::new(), days: None };
    let (loaded, took) = timed(store.load_timesheet(&scope(), &query)).await;
    assert!(matches!(loaded, Err(StoreError::Unavailable { .. })), "{loaded:?}");
    ends_at_the_deadline(took);
}

/// A manager who asks for ids that nobody has keeps the tables no busier than one request at a time.
#[tokio::test(start_paused = true)]
async fn all_members_are_asked_for_an_entry_by_one_request_at_a_time_and_not_for_longer_than_a_request_lasts()
{
    let is_walk = |asked: &Asked| asked.body["TransactItems"].as_array().is_some_and(|items| items.len() > 3);
    let script = Script::new(move |asked| match asked.operation.as_str() {
        "Query" if asked.body["IndexName"].is_null() => {
            let members = [MEMBER, MemberId::from_bytes([3; 16])];
            let members = members.map(|member| json!({ "member": { "S": member.to_string() } }));
            Told::Answer(json!({ "Items": members }))
        }
        "TransactGetItems" if is_walk(asked) => Told::Nothing,
        _ => Told::Answer(json!({ "Items": [], "Responses": null })),
    });
    let store = store(&script, 1).await;
    let (scope, id) = (scope(), EntryId::from_bytes([9; 16]));
    let found = || store.find_entry(&scope, None, id);
    let (found, took) = timed(async { tokio::join!(found(), found(), found()) }).await;
    for found in [found.0, found.1, found.2] {
        assert!(matches!(found, Err(StoreError::Unavailable { .. })), "{found:?}");
    }
    assert_eq!(took.as_secs(), DEADLINE.as_secs());
    let walks: Vec<Instant> =
        script.take().iter().filter(|asked| is_walk(asked)).map(|asked| asked.at).collect();
    assert!(walks.len() > 2 && walks.windows(2).all(|pair| pair[1] - pair[0] >= ATTEMPT), "{walks:?}");
}

/// The item of a record, as a store wrote it.
async fn record() -> Value {
    let written = Arc::new(Mutex::new(Value::Null));
    let seen = Arc::clone(&written);
    let script = Script::new(move |asked: &Asked| {
        if asked.operation == "TransactWriteItems" {
            let actions = asked.body["TransactItems"].as_array().expect("actions");
            let items = actions.iter().map(|action| &action["Put"]["Item"]);
            let record = items.into_iter().find(|item| item["hash"].is_object()).expect("a record");
            *seen.lock().expect("no panic") = record.clone();
        }
        Told::Answer(json!({ "Items": [] }))
    });
    let lab = Lab::default();
    store(&script, 1).await.write_timesheet(&scope(), write(&lab)).await.expect("it is taken");
    let record = written.lock().expect("no panic").clone();
    assert_eq!(record["operation"]["S"], Operation::EntryCreate.to_string());
    record
}

#[tokio::test(start_paused = true)]
async fn an_erasure_that_always_loses_to_another_ends_at_the_deadline() {
    let record = record().await;
    let script = Script::new(move |asked| match asked.operation.as_str() {
        "TransactWriteItems" => Told::Refused,
        _ => Told::Answer(json!({ "Item": record })),
    });
    let store = store(&script, 1).await;
    let erasure = Erasure { payloads: vec![(STREAM, 1, Taken::Whole)], answers: Vec::new() };
    let (erased, took) = timed(store.erase(&scope(), erasure)).await;
    assert!(matches!(erased, Err(StoreError::Unavailable { .. })), "{erased:?}");
    ends_at_the_deadline(took);
}

#[tokio::test(start_paused = true)]
async fn a_payload_that_goes_on_changing_is_read_until_the_deadline() {
    let record = record().await;
    let looks = AtomicUsize::new(0);
    let looked = move || {
        let parts = looks.fetch_add(1, Ordering::Relaxed) % 2 + 1;
        let mut record = record.clone();
        record["parts"] = json!({ "N": parts.to_string() });
        record.as_object_mut().expect("an item").remove("payload");
        record
    };
    let script = Script::new(move |asked| {
        Told::Answer(match asked.operation.as_str() {
            "GetItem" => json!({ "Item": looked() }),
            "BatchGetItem" => json!({ "Responses": {} }),
            _ => json!({ "Responses": [{ "Item": looked() }] }),
        })
    });
    let store = store(&script, 1).await;
    let (read, took) = timed(store.find_record(STREAM, 1)).await;
    assert!(matches!(read, Err(StoreError::Unavailable { .. })), "{read:?}");
    ends_at_the_deadline(took);
}
