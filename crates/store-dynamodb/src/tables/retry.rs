//! Trying again: with full jitter (Amazon, "Exponential Backoff and Jitter"), until a deadline.

use std::{future::Future, time::Duration};

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use tokio::time::{Instant, sleep};
use vibesheets_core::store::StoreError;

use super::{
    Tables,
    failure::{Failed, failed},
};

/// How long a request is sent again: with the last attempt's own two seconds it ends nine after it began. What makes several
/// requests may take longer than the ten seconds of an HTTP request, which then ends without an answer; its command may come again.
const DEADLINE: Duration = Duration::from_secs(7);
/// The longest first wait, in milliseconds; each later one is up to twice the one before.
const FIRST_WAIT_MILLISECONDS: u64 = 25;
/// The longest wait, in milliseconds.
const LONGEST_WAIT_MILLISECONDS: u64 = 1000;

/// One request's attempts.
pub(crate) struct Attempts<'a> {
    tables: &'a Tables,
    deadline: Instant,
    waits: u32,
}

impl Attempts<'_> {
    /// Waits before the next attempt; `false` where the deadline would pass meanwhile.
    pub async fn wait(&mut self) -> bool {
        let longest = (FIRST_WAIT_MILLISECONDS << self.waits.min(10)).min(LONGEST_WAIT_MILLISECONDS);
        self.waits += 1;
        let mut bytes = [0; 8];
        self.tables.random.fill(&mut bytes);
        let wait = Duration::from_millis(u64::from_le_bytes(bytes) % (longest + 1));
        let in_time = Instant::now() + wait < self.deadline;
        if in_time {
            sleep(wait).await;
        }
        in_time
    }
}

impl Tables {
    pub(crate) fn attempts(&self) -> Attempts<'_> {
        Attempts { tables: self, deadline: Instant::now() + DEADLINE, waits: 0 }
    }

    /// Sends a request that may be carried out any number of times, until it is answered.
    pub(super) async fn repeatable<T, E, F>(
        &self,
        what: &'static str,
        send: impl Fn() -> F,
    ) -> Result<T, StoreError>
    where
        E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    {
        let mut attempts = self.attempts();
        loop {
            let reason = match send().await.map_err(failed) {
                Ok(answer) => return Ok(answer),
                Err(Failed::Told(error)) => return Err(error),
                Err(Failed::NotNow(reason) | Failed::Unknown(reason)) => reason,
            };
            tracing::debug!(what, reason, "trying again");
            if !attempts.wait().await {
                return Err(StoreError::Unavailable { reason: format!("{what}: {reason}") });
            }
        }
    }
}
