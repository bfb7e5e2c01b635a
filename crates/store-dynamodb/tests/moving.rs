//! Moving house: from SQLite to DynamoDB and back, journal and all.

mod support;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use vibesheets_core::{
    Email, Entry, Label, Tag, TagId,
    actions::{ActionError, Caller, ClockAction, ClockRequest, ClockState, clock, once},
    journal::{DirectoryChange, Head, StreamId},
    moving::{MoveError, Moved, move_store},
    store::{APPLIED_COMMAND_DAYS, Accounts, Answer, JournalReader, Store, StoreError},
};
use vibesheets_store_contract::{
    Fault, Instrumented,
    differential::takes_random_actions,
    support::{Lab, changed, new},
};
use vibesheets_store_dynamodb::DynamoDbStore;
use vibesheets_store_sqlite::{Location, Options, SqliteStore};

fn sqlite() -> SqliteStore {
    SqliteStore::open(&Location::Memory, &Options::default()).expect("a store")
}

/// Three organisations with some hundred records.
async fn lived_in() -> SqliteStore {
    let store = sqlite();
    for seed in 1..=3 {
        takes_random_actions(&store, seed, 80).await;
    }
    store
}

async fn heads(store: &dyn Store) -> Vec<(StreamId, Head)> {
    let mut streams = store.list_streams(None, 10_000).await.expect("streams");
    streams.sort();
    let mut heads = Vec::new();
    for stream in streams {
        heads.push((stream, store.head(stream).await.expect("a head")));
    }
    heads
}

/// Answers of commands that were applied before may have been forgotten at `now`.
fn kept_since(now: Timestamp) -> Timestamp {
    now - SignedDuration::from_hours(24 * APPLIED_COMMAND_DAYS)
}

async fn moves(source: &dyn Store, target: &dyn Store) -> Result<Moved, MoveError> {
    move_store(source, target, kept_since(Lab::default().now()), &|_| ()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_moves_there_and_back_with_the_same_hashes() {
    let (source, there, back) = (lived_in().await, support::empty_store().await, sqlite());
    let moved = moves(&source, &there).await.expect("it moves");
    assert_eq!((moved.moved, moved.found), (moved.records, 0));
    assert!(moved.records > 100 && moved.streams > 9, "{moved:?}");
    assert!(!there.is_empty().await.expect("read"), "somebody signed up");
    let returned = moves(&there, &back).await.expect("it moves back");
    assert_eq!(returned, moved);
    assert_eq!(heads(&back).await, heads(&source).await);
    let again = moves(&source, &there).await.expect("there is nothing left to do");
    assert_eq!((again.moved, again.found), (moved.records, moved.records));
}

/// Whatever write fails, and whether it happened or not: moving again goes on from there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_move_that_is_interrupted_goes_on_where_it_was() {
    let (source, target) = (lived_in().await, Arc::new(support::empty_store().await));
    let mut attempts = 0;
    for call in (20..).step_by(45) {
        let faulty = Instrumented::new(Arc::clone(&target) as Arc<dyn Store>);
        faulty.fail(call, if call % 2 == 0 { Fault::Before } else { Fault::After });
        attempts += 1;
        match moves(&source, &faulty).await {
            Ok(_) => break,
            Err(MoveError::Store { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
    assert!(attempts > 3, "only {attempts} attempts");
    assert_eq!(heads(&*target).await, heads(&source).await);
}

/// What is older than 400 days proves nothing and is missed by nobody.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_has_forgotten_old_answers_moves_and_one_that_lost_a_new_one_is_named() {
    let lab = Lab::default();
    let source = sqlite();
    let team = lab.found(&source, 1).await;
    let clock_in = clock_in(&lab, &source, &team.members[0]).await;
    clock_in.expect("the button works");
    let (applied, day) = (lab.now(), 86_400);
    lab.time.advance(401 * day);
    assert_eq!(source.prune_applied(lab.now()).await, Ok(1));
    let target = support::empty_store().await;
    move_store(&source, &target, kept_since(lab.now()), &|_| ()).await.expect("it moves");
    let error =
        move_store(&source, &target, kept_since(applied), &|_| ()).await.expect_err("an answer is missing");
    assert!(matches!(error, MoveError::Unproven { .. }), "{error}");
}

async fn clock_in(lab: &Lab, store: &dyn Store, caller: &Caller) -> Result<Answer, ActionError> {
    let request = ClockRequest {
        action: ClockAction::In,
        project_id: None,
        note: None,
        tags: None,
        billable: None,
        at: None,
    };
    let (context, command) = (lab.context(store), lab.command());
    let render = |entry: &Entry, _: &ClockState| Answer(format!("{entry:?}").into_bytes());
    once(context, caller, command, clock(context, caller, command, &request, render)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_lived_on_its_own_is_no_place_to_move_to() {
    let (source, other, target) = (sqlite(), sqlite(), support::empty_store().await);
    // The same organisation with another history.
    for (store, name) in [(&source as &dyn Store, "one"), (&target, "other")] {
        let lab = Lab::new(1);
        let team = lab.found(store, 1).await;
        let tag = Tag {
            id: TagId::generate(lab.now(), &lab.random),
            name: Label::new(name).expect("a label"),
            archived: false,
            version: 1,
        };
        let changes = vec![DirectoryChange::Tag(new(tag))];
        lab.write_nouns(store, &team.scope(), changes).await.expect("it is taken");
    }
    Lab::new(2).found(&other, 1).await;
    let before = heads(&target).await;
    let error = moves(&source, &target).await.expect_err("two histories");
    assert!(matches!(error, MoveError::Diverged { stream: StreamId::Organisation(_), seq: 3 }), "{error}");
    let error = moves(&other, &target).await.expect_err("another organisation");
    assert!(matches!(error, MoveError::Occupied { .. }), "{error}");
    assert_eq!(heads(&target).await, before);
}

/// One gives an address up, another takes it, and the first takes another one: only the order of time can be replayed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_changed_hands_moves_with_its_last_holder() {
    // The server of the second change may have a clock that is slower than the first one's.
    for seconds_between in [60, -30] {
        changed_hands(seconds_between).await;
    }
}

async fn changed_hands(seconds_between: i64) {
    let (source, target) = (sqlite(), support::empty_store().await);
    let lab = Lab::default();
    let teams = [lab.found(&source, 0).await, lab.found(&source, 0).await];
    lab.time.advance(60);
    let mut accounts = teams.map(|team| team.account);
    let first = accounts[0].email.clone();
    let free = Email::new("free@example.com").expect("an address");
    for (index, email) in [(0, free), (1, first)] {
        lab.time.advance(if index == 0 { 0 } else { seconds_between });
        let before = accounts[index].clone();
        let mut after = before.clone();
        (after.email, after.version) = (email, before.version + 1);
        let head = source.head(StreamId::Account(before.id)).await.expect("a head");
        let (append, revision) = lab.account_write(head, changed(&before, after.clone()));
        source.write_account(append, revision).await.expect("it changes");
        accounts[index] = after;
    }
    moves(&source, &target).await.expect("it moves");
    for account in accounts {
        assert_eq!(target.find_account_by_email(&account.email).await.expect("read"), Some(account));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_in_which_somebody_appears_while_it_is_moved_is_named() {
    let (source, target) = (Arc::new(sqlite()), support::empty_store().await);
    Lab::new(1).found(&*source, 0).await;
    let watched = Instrumented::new(Arc::clone(&source) as Arc<dyn Store>);
    // The list of what is to be moved.
    let mut listed = watched.hold(0);
    let appears = async {
        listed.made().await;
        let late = Lab::new(2).found(&*source, 0).await;
        listed.go_on();
        late
    };
    let (moved, late) = tokio::join!(moves(&watched, &target), appears);
    let error = moved.expect_err("something is missing");
    let streams = [late.stream(), StreamId::Account(late.account.id)];
    assert!(matches!(error, MoveError::Changed { stream } if streams.contains(&stream)), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_target_that_cannot_be_reached_is_named() {
    let unmade = support::store_at(&support::new_location(), None).await;
    let error = moves(&lived_in().await, &unmade as &DynamoDbStore).await.expect_err("no tables");
    assert!(matches!(error, MoveError::Store { error: StoreError::Unavailable { .. }, .. }), "{error}");
    assert!(error.to_string().contains("the store to move to"), "{error}");
    assert!(error.to_string().contains("vibesheets migrate"), "{error}");
}
