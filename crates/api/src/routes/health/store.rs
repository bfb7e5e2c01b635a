//! Whether the store works, asked at most once a second: anyone may ask the server, and each check of the store is a
//! write beside those of people.

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;
use vibesheets_core::store::{Store, StoreError};

const REMEMBERED: SignedDuration = SignedDuration::from_secs(1);

/// What the last check found, and when.
#[derive(Debug, Default)]
pub struct StoreHealth(Mutex<Option<(Timestamp, Result<(), StoreError>)>>);

impl StoreHealth {
    /// What a check finds, or found within the last second. Whoever asks meanwhile waits for the check under way.
    ///
    /// # Errors
    /// Why the store does not work.
    pub async fn check(&self, store: &dyn Store, now: Timestamp) -> Result<(), StoreError> {
        let mut last = self.0.lock().await;
        if let Some((at, result)) = &*last {
            let age = now.duration_since(*at);
            if !age.is_negative() && age < REMEMBERED {
                return result.clone();
            }
        }
        let result = store.check().await;
        *last = Some((now, result.clone()));
        result
    }
}
