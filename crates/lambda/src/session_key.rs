//! The key that sessions are signed with.

use std::{error::Error, time::Duration};

use aws_sdk_secretsmanager::{
    Client,
    error::{ProvideErrorMetadata, SdkError},
    operation::get_secret_value::GetSecretValueError,
};
use serde::Deserialize;
use tokio::{sync::Mutex, time::Instant};
use vibesheets_api::Secret;

use crate::config::SessionKey;

/// How long a key is taken for what it was; a rotated one is in force after that everywhere.
const FRESH_FOR: Duration = Duration::from_secs(5 * 60);
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

struct Kept {
    key: Secret,
    refresh_at: Instant,
}

/// The key in force: given, or fetched when it is first needed and kept for the life of the process.
pub struct SessionKeys {
    source: SessionKey,
    client: Option<Client>,
    kept: Mutex<Option<Kept>>,
}

impl SessionKeys {
    /// From where the configuration says; `client` asks Secrets Manager.
    pub fn new(source: SessionKey, client: Option<Client>) -> Self {
        Self { source, client, kept: Mutex::new(None) }
    }

    /// The key, refreshed where it is older than five minutes; where that fails, the one that is kept.
    ///
    /// # Errors
    /// [`KeyError`] where there never was one.
    pub async fn current(&self) -> Result<Secret, KeyError> {
        let arn = match &self.source {
            SessionKey::Given(key) => return Ok(key.clone()),
            SessionKey::SecretsManager(arn) => arn,
        };
        let mut kept = self.kept.lock().await;
        if let Some(Kept { key, refresh_at }) = &*kept
            && Instant::now() < *refresh_at
        {
            return Ok(key.clone());
        }
        let (key, lasts) = match (self.fetch(arn).await, kept.take()) {
            (Ok(key), _) => (key, FRESH_FOR),
            (Err(error), None) => return Err(error),
            (Err(error), Some(stale)) => {
                tracing::warn!(%error, "the session key could not be refreshed; the one before stays in force");
                (stale.key, RETRY_AFTER)
            }
        };
        *kept = Some(Kept { key: key.clone(), refresh_at: Instant::now() + lasts });
        Ok(key)
    }

    async fn fetch(&self, arn: &str) -> Result<Secret, KeyError> {
        let unreadable = |problem: String| KeyError::Unreadable { secret: arn.to_owned(), problem };
        let client = self.client.as_ref().ok_or_else(|| unreadable("there is no client".to_owned()))?;
        let answer = client.get_secret_value().secret_id(arn).send().await;
        let answer = answer.map_err(|error| unreadable(in_words(&error)))?;
        let no_key = |problem| KeyError::NoKey { secret: arn.to_owned(), problem };
        let text = answer.secret_string().ok_or_else(|| no_key("is binary where text is due"))?;
        of_secret(text).map_err(no_key)
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

/// A secret is the key alone, or JSON with it as `session_key`, as rotation functions write it.
fn of_secret(text: &str) -> Result<Secret, &'static str> {
    #[derive(Deserialize)]
    struct Fields {
        session_key: String,
    }
    match serde_json::from_str::<Fields>(text) {
        Ok(fields) => read(&fields.session_key),
        Err(_) => read(text.trim()),
    }
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
    fn a_secret_is_the_key_alone_or_json_with_it() {
        let digits = "0f".repeat(32);
        for text in
            [digits.clone(), format!("{digits}\n"), format!(r#"{{"session_key":"{digits}","other":1}}"#)]
        {
            assert_eq!(of_secret(&text), Ok(Secret([15; 32])), "{text}");
        }
        for text in ["", "hunter2", "{}", r#"{"session_key":"0f"}"#, &"0g".repeat(32)] {
            assert!(of_secret(text).is_err(), "{text}");
        }
    }
}
