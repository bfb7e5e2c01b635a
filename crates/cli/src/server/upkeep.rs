//! What the store forgets, once a day: answers of commands after 400 days, sessions that ended, and attempts at
//! passwords that count no longer.

use std::{sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use vibesheets_core::{
    TimeSource,
    store::{APPLIED_COMMAND_DAYS, StoreError},
};
use vibesheets_store_sqlite::SqliteStore;

use crate::system::SystemTime;

/// How often.
const EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// Never ends; stop it by aborting its task.
pub async fn upkeep(store: Arc<SqliteStore>) {
    let mut ticks = tokio::time::interval(EVERY);
    // The first tick is at once, and a start has better things to do.
    ticks.tick().await;
    loop {
        ticks.tick().await;
        match forget(&store, SystemTime.now()).await {
            Ok([commands, sessions, attempts]) => {
                tracing::info!(commands, sessions, attempts, "forgot what had ended")
            }
            Err(error) => tracing::warn!(%error, "could not forget what had ended; trying again tomorrow"),
        }
    }
}

async fn forget(store: &SqliteStore, now: Timestamp) -> Result<[u64; 3], StoreError> {
    let oldest = now - SignedDuration::from_hours(24 * APPLIED_COMMAND_DAYS);
    let (applied, sessions) = (store.prune_applied(oldest).await?, store.prune_sessions(now).await?);
    Ok([applied, sessions, store.prune_sign_in_attempts(now).await?])
}
