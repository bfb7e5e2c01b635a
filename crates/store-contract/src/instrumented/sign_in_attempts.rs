//! Counters of attempts, through the instrument.

use async_trait::async_trait;
use jiff::Timestamp;
use vibesheets_core::store::{AttemptLimit, AttemptOutcome, AttemptSubject, SignInAttempts, StoreError};

use super::Instrumented;

#[async_trait]
impl SignInAttempts for Instrumented {
    async fn count_attempt(
        &self,
        subject: AttemptSubject,
        limit: AttemptLimit,
        now: Timestamp,
    ) -> Result<AttemptOutcome, StoreError> {
        self.write("count_attempt", self.store.count_attempt(subject, limit, now)).await
    }

    async fn give_attempt_back(&self, subject: AttemptSubject, at: Timestamp) -> Result<(), StoreError> {
        self.write("give_attempt_back", self.store.give_attempt_back(subject, at)).await
    }
}
