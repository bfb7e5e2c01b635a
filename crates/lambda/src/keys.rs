//! The keys that sessions and checkpoints are signed with.

use std::{error::Error, sync::Arc, time::Duration};

use aws_sdk_secretsmanager::{
    Client,
    error::{ProvideErrorMetadata, SdkError},
    operation::get_secret_value::GetSecretValueError,
};
use serde::Deserialize;
use tokio::{
    sync::Mutex,
    time::{Instant, timeout},
};
use vibesheets_api::{CheckpointKey, Secret};
use vibesheets_core::checkpoint::Signer;

use crate::config::SessionKey;

/// How long a key is taken for what it was; a rotated one is in force after that everywhere.
const FRESH_FOR: Duration = Duration::from_secs(5 * 60);
/// How long a key is waited for: events wait for it, and whoever sent them waits for seconds.
const LONGEST_FETCH: Duration = Duration::from_secs(3);
/// How long a failed refresh is left alone.
const RETRY_AFTER: Duration = Duration::from_secs(30);

/// Why there is no key. Holds nothing of the secret.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Secrets Manager did not answer, or refused.
    #[error("the secret {secret} cannot be read from Secrets Manager: {problem}")]
    Unreadable {
        /// Its name or ARN.
        secret: String,
        /// What Secrets Manager said.
        problem: String,
    },
    /// It answered something else.
    #[error("the secret {secret} {problem}")]
    NoKey {
        /// Its name or ARN.
        secret: String,
        /// What is wrong and what would be right.
        problem: &'static str,
    },
}

/// The keys in force.
#[derive(Debug, Clone)]
pub struct Keys {
    /// What sessions are signed with.
    pub session: Secret,
    /// What checkpoints are signed with; without one exports carry none.
    pub checkpoint: Option<Arc<CheckpointKey>>,
}

impl PartialEq for Keys {
    fn eq(&self, other: &Self) -> bool {
        let public = |keys: &Self| keys.checkpoint.as_ref().map(|key| key.public_key().clone());
        self.session == other.session && public(self) == public(other)
    }
}

struct Kept {
    keys: Keys,
    refresh_at: Instant,
}

/// The keys in force: given, or fetched when they are first needed and kept for the life of the process.
pub struct SessionKeys {
    source: SessionKey,
    checkpoint: Option<Arc<CheckpointKey>>,
    client: Option<Client>,
    kept: Mutex<Option<Kept>>,
}

impl SessionKeys {
    /// From where the configuration says; `client` asks Secrets Manager, which may hold another key for checkpoints than
    /// `checkpoint`.
    pub fn new(source: SessionKey, checkpoint: Option<Arc<CheckpointKey>>, client: Option<Client>) -> Self {
        Self { source, checkpoint, client, kept: Mutex::new(None) }
    }

    /// The keys, refreshed where they are older than five minutes; where that fails, those that are kept.
    ///
    /// # Errors
    /// [`KeyError`] where there never were any.
    pub async fn current(&self) -> Result<Keys, KeyError> {
        let arn = match &self.source {
            SessionKey::Given(key) => {
                return Ok(Keys { session: key.clone(), checkpoint: self.checkpoint.clone() });
            }
            SessionKey::SecretsManager(arn) => arn,
        };
        let mut kept = self.kept.lock().await;
        if let Some(Kept { keys, refresh_at }) = &*kept
            && Instant::now() < *refresh_at
        {
            return Ok(keys.clone());
        }
        let (keys, lasts) = match (self.fetch(arn).await, kept.take()) {
            (Ok(keys), _) => (keys, FRESH_FOR),
            (Err(error), None) => return Err(error),
            (Err(error), Some(stale)) => {
                tracing::warn!(%error, "the session key could not be refreshed; the one before stays in force");
                (stale.keys, RETRY_AFTER)
            }
        };
        *kept = Some(Kept { keys: keys.clone(), refresh_at: Instant::now() + lasts });
        Ok(keys)
    }

    async fn fetch(&self, arn: &str) -> Result<Keys, KeyError> {
        let unreadable = |problem: String| KeyError::Unreadable { secret: arn.to_owned(), problem };
        let client = self.client.as_ref().ok_or_else(|| unreadable("there is no client".to_owned()))?;
        let answer = timeout(LONGEST_FETCH, client.get_secret_value().secret_id(arn).send()).await;
        let answer =
            answer.map_err(|_| unreadable(format!("no answer within {} s", LONGEST_FETCH.as_secs())))?;
        let answer = answer.map_err(|error| unreadable(in_words(&error)))?;
        let no_key = |problem| KeyError::NoKey { secret: arn.to_owned(), problem };
        let text = answer.secret_string().ok_or_else(|| no_key("is binary where text is due"))?;
        let keys = of_secret(text).map_err(no_key)?;
        Ok(Keys { checkpoint: keys.checkpoint.or_else(|| self.checkpoint.clone()), ..keys })
    }
}

/// What Secrets Manager said, or why it said nothing.
fn in_words(error: &SdkError<GetSecretValueError>) -> String {
    if let Some(code) = error.code() {
        return format!("{code}: {}", error.message().unwrap_or("without a word"));
    }
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words.push_str(&format!(": {error}"));
        cause = error.source();
    }
    words
}

/// A secret is the session key alone, or JSON with it as `session_key`, as rotation functions write it, and perhaps with a
/// `checkpoint_key`.
fn of_secret(text: &str) -> Result<Keys, &'static str> {
    #[derive(Deserialize)]
    struct Fields {
        session_key: String,
        checkpoint_key: Option<String>,
    }
    match serde_json::from_str::<Fields>(text) {
        Ok(fields) => Ok(Keys {
            session: read(&fields.session_key)?,
            checkpoint: fields.checkpoint_key.as_deref().map(read_checkpoint).transpose()?,
        }),
        Err(_) => Ok(Keys { session: read(text.trim())?, checkpoint: None }),
    }
}

/// Reads a key for checkpoints, as `vibesheets serve` keeps one in a file.
///
/// # Errors
/// What would be right.
pub fn read_checkpoint(text: &str) -> Result<Arc<CheckpointKey>, &'static str> {
    let wrong = "must be a key as in a file checkpoint.key: PRIVATE+KEY+vibesheets+ID+KEY";
    CheckpointKey::parse(text).map(Arc::new).map_err(|_| wrong)
}

/// Reads a key: 32 bytes as 64 hexadecimal digits.
///
/// # Errors
/// What would be right.
pub fn read(text: &str) -> Result<Secret, &'static str> {
    let wrong = "must be 64 hexadecimal digits, such as `openssl rand -hex 32` prints";
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(wrong);
    }
    let mut bytes = [0; 32];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[place * 2..place * 2 + 2], 16).map_err(|_| wrong)?;
    }
    Ok(Secret(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_may_hold_a_key_for_checkpoints_beside() {
        let digits = "0f".repeat(32);
        let key = "PRIVATE+KEY+vibesheets+3175ed84+AUzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7";
        let text = format!(r#"{{"session_key":"{digits}","checkpoint_key":"{key}"}}"#);
        let keys = of_secret(&text).expect("keys");
        assert_eq!(keys.checkpoint.expect("a key").public_key().id_text(), "3175ed84");
        assert!(of_secret(&text.replace("AUzN", "AUzM")).is_err(), "a changed key is none");
    }

    #[test]
    fn a_secret_is_the_key_alone_or_json_with_it() {
        let digits = "0f".repeat(32);
        for text in
            [digits.clone(), format!("{digits}\n"), format!(r#"{{"session_key":"{digits}","other":1}}"#)]
        {
            assert_eq!(of_secret(&text).map(|keys| keys.session), Ok(Secret([15; 32])), "{text}");
        }
        for text in ["", "hunter2", "{}", r#"{"session_key":"0f"}"#, &"0g".repeat(32)] {
            assert!(of_secret(text).is_err(), "{text}");
        }
    }
}
