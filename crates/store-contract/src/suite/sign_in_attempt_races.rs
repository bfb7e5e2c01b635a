//! Many attempts at passwords at once.

use std::sync::Arc;

use futures_util::future::join_all;
use vibesheets_core::store::{AttemptLimit, AttemptOutcome, AttemptSubject, Store};

use crate::support::timestamp;

pub async fn of_50_attempts_at_once_exactly_5_are_counted(store: Arc<dyn Store>) {
    let limit = AttemptLimit { most: 5, window_seconds: 900 };
    let exceeded = AttemptOutcome::Exceeded { free_at: timestamp("2026-03-02T12:15:00Z") };
    for round in 0..3 {
        let tasks = (0..50).map(|_| {
            let store = Arc::clone(&store);
            let subject = AttemptSubject::of("test", &format!("round {round}"));
            tokio::spawn(async move {
                store.count_attempt(subject, limit, timestamp("2026-03-02T12:00:00Z")).await.unwrap()
            })
        });
        let outcomes: Vec<_> = join_all(tasks).await.into_iter().map(Result::unwrap).collect();
        let counted = outcomes.iter().filter(|outcome| **outcome == AttemptOutcome::Counted).count();
        assert_eq!(counted, 5);
        assert!(outcomes.iter().all(|outcome| [AttemptOutcome::Counted, exceeded].contains(outcome)));
    }
}
