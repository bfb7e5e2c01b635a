//! Counters of attempts at passwords.

use jiff::SignedDuration;
use vibesheets_core::store::{AttemptLimit, AttemptOutcome, AttemptSubject, Store};

use crate::support::timestamp;

const LIMIT: AttemptLimit = AttemptLimit { most: 3, window_seconds: 900 };
const NOON: &str = "2026-03-02T12:00:00.123456789Z";

fn subject(value: &str) -> AttemptSubject {
    AttemptSubject::of("test", value)
}

/// Counts an attempt so many seconds after noon.
async fn attempt(store: &dyn Store, subject: AttemptSubject, seconds: i64) -> AttemptOutcome {
    let now = timestamp(NOON) + SignedDuration::from_secs(seconds);
    store.count_attempt(subject, LIMIT, now).await.unwrap()
}

fn free_at(seconds: i64) -> AttemptOutcome {
    AttemptOutcome::Exceeded { free_at: timestamp(NOON) + SignedDuration::from_secs(seconds) }
}

pub async fn attempts_are_counted_until_there_are_too_many_in_the_window_that_slides(store: &dyn Store) {
    let ada = subject("ada");
    for seconds in [0, 10, 10] {
        assert_eq!(attempt(store, ada, seconds).await, AttemptOutcome::Counted);
    }
    assert_eq!(attempt(store, ada, 11).await, free_at(900));
    assert_eq!(attempt(store, ada, 899).await, free_at(900), "what was refused was not counted");
    assert_eq!(attempt(store, ada, 900).await, AttemptOutcome::Counted, "the oldest has left");
    assert_eq!(attempt(store, ada, 901).await, free_at(910));
    assert_eq!(attempt(store, subject("bea"), 901).await, AttemptOutcome::Counted, "somebody else");
    assert_eq!(attempt(store, ada, 5000).await, AttemptOutcome::Counted);
}

pub async fn an_attempt_that_is_given_back_was_never_made(store: &dyn Store) {
    let ada = subject("ada");
    let noon = timestamp(NOON);
    for _ in 0..3 {
        assert_eq!(attempt(store, ada, 0).await, AttemptOutcome::Counted);
    }
    store.give_attempt_back(ada, noon + SignedDuration::from_nanos(1)).await.unwrap();
    store.give_attempt_back(subject("bea"), noon).await.unwrap();
    assert_eq!(attempt(store, ada, 1).await, free_at(900), "another's, and none");
    store.give_attempt_back(ada, noon).await.unwrap();
    assert_eq!(attempt(store, ada, 1).await, AttemptOutcome::Counted);
    assert_eq!(attempt(store, ada, 1).await, free_at(900), "one of three at the same time, not all");
}

/// A server whose clock is ahead has counted them.
pub async fn attempts_of_a_later_time_count_too(store: &dyn Store) {
    let ada = subject("ada");
    for seconds in [30, 20, 30] {
        assert_eq!(attempt(store, ada, seconds).await, AttemptOutcome::Counted);
    }
    assert_eq!(attempt(store, ada, 0).await, free_at(920));
}
