//! Guessing at passwords: counted before the password is looked at, so that guesses made at once are no way around the
//! limit, and given back where the password was right.

use jiff::Timestamp;

use crate::{
    actions::{ActionError, Context, Refusal},
    store::{AttemptLimit, AttemptOutcome, AttemptSubject},
};

/// How many wrong passwords there may be: five in any fifteen minutes, for each subject.
pub const SIGN_IN_LIMIT: AttemptLimit = AttemptLimit { most: 5, window_seconds: 900 };

/// An attempt that was counted; it stays counted unless it is given back.
#[derive(Debug, Default, PartialEq, Eq)]
#[must_use = "an attempt that succeeds is to be given back"]
pub struct Attempt {
    counted: Vec<(AttemptSubject, Timestamp)>,
}

impl Attempt {
    /// Forgets that it was made, since it was none at guessing. A store that fails keeps it counted until it leaves the
    /// window.
    ///
    /// # Errors
    /// The store's error.
    pub async fn give_back(self, context: Context<'_>) -> Result<(), ActionError> {
        for (subject, at) in self.counted {
            context.store.give_attempt_back(subject, at).await?;
        }
        Ok(())
    }
}

/// Counts an attempt at a password for each of `subjects`, or for none of them.
///
/// # Errors
/// [`Refusal::TooManyAttempts`] where one of them has made too many; the store's error. In either case the password must
/// not be looked at.
pub async fn count_attempt(
    context: Context<'_>,
    subjects: &[AttemptSubject],
) -> Result<Attempt, ActionError> {
    let now = context.time.now();
    let mut attempt = Attempt::default();
    for subject in subjects {
        match context.store.count_attempt(*subject, SIGN_IN_LIMIT, now).await? {
            AttemptOutcome::Counted => attempt.counted.push((*subject, now)),
            AttemptOutcome::Exceeded { free_at } => {
                // What is refused is no guess: it takes nothing from the others, such as the rest of an office.
                attempt.give_back(context).await?;
                let retry_after_seconds = seconds_until(free_at, now);
                return Err(Refusal::TooManyAttempts { retry_after_seconds }.into());
            }
        }
    }
    Ok(attempt)
}

/// Whole seconds after which `then` is past, from 1.
fn seconds_until(then: Timestamp, now: Timestamp) -> i64 {
    let left = then.duration_since(now);
    (left.as_secs() + i64::from(left.subsec_nanos() > 0)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn part_of_a_second_is_waited_for_whole() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        let now = at("2026-03-02T08:00:00.5Z");
        assert_eq!(seconds_until(at("2026-03-02T08:00:02.5Z"), now), 2);
        assert_eq!(seconds_until(at("2026-03-02T08:00:02.6Z"), now), 3);
        assert_eq!(seconds_until(now, now), 1);
    }
}
