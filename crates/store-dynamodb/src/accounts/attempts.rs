//! Counters of attempts at passwords: one item for each subject, with the times of the attempts that still lie within their
//! window. Forgotten by the engine itself once the newest has left it.

use async_trait::async_trait;
use jiff::Timestamp;
use vibesheets_core::store::{AttemptLimit, AttemptOutcome, AttemptSubject, SignInAttempts, StoreError};

use crate::{
    DynamoDbStore,
    item::{Item, NewItem, Reading},
    keys::{EXPIRES_AT, Key, REVISION, Table},
    tables::Condition,
};

const TIMES: &str = "times";

#[async_trait]
impl SignInAttempts for DynamoDbStore {
    async fn count_attempt(
        &self,
        subject: AttemptSubject,
        limit: AttemptLimit,
        now: Timestamp,
    ) -> Result<AttemptOutcome, StoreError> {
        let count = |mut times: Vec<Timestamp>, _expires_at| {
            // The engine removes what has expired when it likes.
            times.retain(|time| *time > limit.window_start(now));
            match times.iter().min() {
                Some(oldest) if times.len() >= usize::from(limit.most) => {
                    Decision::Keep(AttemptOutcome::Exceeded { free_at: limit.window_end(*oldest) })
                }
                _ => {
                    times.push(now);
                    let newest = times.iter().max().copied().unwrap_or(now);
                    let expires_at = limit.window_end(newest).as_second() + 1;
                    Decision::Write(times, expires_at, AttemptOutcome::Counted)
                }
            }
        };
        self.change_attempts(subject, count).await
    }

    async fn give_attempt_back(&self, subject: AttemptSubject, at: Timestamp) -> Result<(), StoreError> {
        let give_back =
            |mut times: Vec<Timestamp>, expires_at| match times.iter().position(|time| *time == at) {
                Some(place) => {
                    times.remove(place);
                    Decision::Write(times, expires_at, ())
                }
                None => Decision::Keep(()),
            };
        self.change_attempts(subject, give_back).await
    }
}

/// What comes of the times that were read.
enum Decision<T> {
    Keep(T),
    Write(Vec<Timestamp>, i64, T),
}

impl DynamoDbStore {
    /// Reads, decides, and writes on what was read; a lost race is read and decided again.
    async fn change_attempts<T>(
        &self,
        AttemptSubject(subject): AttemptSubject,
        decide: impl Fn(Vec<Timestamp>, i64) -> Decision<T> + Send + Sync,
    ) -> Result<T, StoreError> {
        let name: String = subject.iter().map(|byte| format!("{byte:02x}")).collect();
        let key = Key::new(Table::SignInAttempts, name, "ATTEMPTS");
        let mut race = self.tables.race();
        loop {
            let item = self.tables.get(&key).await?;
            if let Some(item) = &item
                && race.was_written_as(revision(item)?)
            {
                // The answer to an earlier attempt at writing was lost.
                let (Decision::Write(.., told) | Decision::Keep(told)) = decide(Vec::new(), 0);
                return Ok(told);
            }
            let (times, expires_at) = item.as_ref().map_or(Ok((Vec::new(), 0)), times)?;
            let (times, expires_at, told) = match decide(times, expires_at) {
                Decision::Keep(told) => return Ok(told),
                Decision::Write(times, expires_at, told) => (times, expires_at, told),
            };
            let condition = match &item {
                Some(item) => Condition::Revision(revision(item)?.to_owned()),
                None => Condition::Absent,
            };
            let text: Vec<String> = times.iter().map(ToString::to_string).collect();
            let written = NewItem::new(key.clone())
                .text(TIMES, text.join(" "))
                .text(REVISION, race.new_revision())
                .number(EXPIRES_AT, expires_at);
            if race.put(written, &condition).await? {
                return Ok(told);
            }
        }
    }
}

fn revision(item: &Item) -> Result<&str, StoreError> {
    Reading::new("sign-in attempts", item).text(REVISION)
}

fn times(item: &Item) -> Result<(Vec<Timestamp>, i64), StoreError> {
    let reading = Reading::new("sign-in attempts", item);
    let times = reading.text(TIMES)?.split_whitespace().map(str::parse).collect::<Result<_, _>>();
    Ok((times.map_err(|_| reading.damaged(TIMES))?, reading.number(EXPIRES_AT)?))
}
