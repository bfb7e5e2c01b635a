//! What the operator decides, read once from the environment.

mod values;

use std::{ffi::OsString, sync::Arc};

use vibesheets_api::{CheckpointKey, Environment, PublicUrl, Secret, SignUpMode, TrustedProxies};
use vibesheets_store_dynamodb::Location;

use crate::keys;
use values::{base_path, environment, function, nearest, sign_up};

/// Variables of ours begin with it.
const PREFIX: &str = "VIBESHEETS_";

/// Everything there is to set.
const KNOWN: [&str; 11] = [
    "VIBESHEETS_BASE_PATH",
    "VIBESHEETS_CHECKPOINT_KEY",
    "VIBESHEETS_ENV",
    "VIBESHEETS_FUNCTION",
    "VIBESHEETS_PUBLIC_URL",
    "VIBESHEETS_SECRET_ARN",
    "VIBESHEETS_SESSION_KEY",
    "VIBESHEETS_SIGNUP",
    "VIBESHEETS_STORE",
    "VIBESHEETS_TRANSFER_BUCKET",
    "VIBESHEETS_TRUSTED_PROXIES",
];

/// Where the key comes from that sessions are signed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionKey {
    /// From the environment.
    Given(Secret),
    /// From Secrets Manager, by the secret's name or ARN.
    SecretsManager(String),
}

/// What the operator decided.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the function runs.
    pub environment: Environment,
    /// The address that browsers use.
    pub public_url: PublicUrl,
    /// Where everything is kept.
    pub store: Location,
    /// Who may sign up once there is an owner.
    pub sign_up: SignUpMode,
    /// What sessions are signed with.
    pub session_key: SessionKey,
    /// What checkpoints are signed with, where the secret holds no key for that.
    pub checkpoint_key: Option<Arc<CheckpointKey>>,
    /// Where large files are left and fetched; `None` where they are refused.
    pub transfer_bucket: Option<String>,
    /// The function to be; all of them where `None`.
    pub function: Option<String>,
    /// What a domain of one's own maps to this API: `/v1`, or nothing.
    pub base_path: String,
    /// Networks whose `X-Forwarded-For` is believed, such as CloudFront's.
    pub trusted_proxies: TrustedProxies,
}

/// Why there is no configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// Mistyped.
    #[error("unknown key `{key}` in the environment; did you mean `{nearest}`?")]
    Unknown {
        /// As it stands there.
        key: String,
        /// The nearest there is.
        nearest: String,
    },
    /// There is no default.
    #[error("`{key}` is not set: {what}")]
    Missing {
        /// The variable.
        key: &'static str,
        /// What it has to be.
        what: &'static str,
    },
    /// It is there and wrong.
    #[error("{key}: `{value}` {problem}")]
    Invalid {
        /// The variable.
        key: &'static str,
        /// What it says; `(secret)` for secrets.
        value: String,
        /// What is wrong with it and what would be right.
        problem: String,
    },
}

impl Config {
    /// From the environment's variables; an empty one is not set.
    ///
    /// # Errors
    /// [`ConfigError`] that names the variable and what to do.
    pub fn load(variables: impl IntoIterator<Item = (OsString, OsString)>) -> Result<Self, ConfigError> {
        let said = Said::gather(variables)?;
        let environment = said.or("VIBESHEETS_ENV", environment, Environment::Production)?;
        let public_url: PublicUrl = said.needed(
            "VIBESHEETS_PUBLIC_URL",
            |text| text.parse().map_err(|error| format!("{error}")),
            "the address that browsers use, such as https://time.example.com",
        )?;
        if let Err(error) = public_url.check_transport(environment) {
            return Err(invalid("VIBESHEETS_PUBLIC_URL", public_url.origin(), error));
        }
        Ok(Self {
            environment,
            public_url,
            store: said.needed(
                "VIBESHEETS_STORE",
                |text| text.parse().map_err(|error| format!("{error}")),
                "where everything is kept, such as dynamodb:vibesheets-?suffix=-prod",
            )?,
            sign_up: said.or("VIBESHEETS_SIGNUP", sign_up, SignUpMode::Invite)?,
            session_key: said.session_key()?,
            checkpoint_key: said.checkpoint_key()?,
            transfer_bucket: said.get("VIBESHEETS_TRANSFER_BUCKET").map(str::to_owned),
            function: said.or("VIBESHEETS_FUNCTION", |name| function(name).map(Some), None)?,
            base_path: said.or("VIBESHEETS_BASE_PATH", base_path, String::new())?,
            trusted_proxies: said.or(
                "VIBESHEETS_TRUSTED_PROXIES",
                |text| text.parse().map_err(|error| format!("{error}")),
                TrustedProxies::default(),
            )?,
        })
    }
}

struct Said(Vec<(&'static str, String)>);

impl Said {
    fn gather(variables: impl IntoIterator<Item = (OsString, OsString)>) -> Result<Self, ConfigError> {
        let mut said = Vec::new();
        for (name, value) in variables {
            let name = name.to_string_lossy().into_owned();
            if !name.starts_with(PREFIX) {
                continue;
            }
            let Some(key) = KNOWN.into_iter().find(|known| *known == name) else {
                let nearest = nearest(&name, KNOWN);
                return Err(ConfigError::Unknown { key: name, nearest });
            };
            let value = value.into_string().map_err(|_| invalid(key, "…", "is not UTF-8"))?;
            if !value.is_empty() {
                said.push((key, value));
            }
        }
        Ok(Self(said))
    }

    fn get(&self, key: &'static str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == key).map(|(_, value)| value.as_str())
    }

    fn or<T>(
        &self,
        key: &'static str,
        parse: impl Fn(&str) -> Result<T, String>,
        default: T,
    ) -> Result<T, ConfigError> {
        match self.get(key) {
            None => Ok(default),
            Some(text) => parse(text).map_err(|problem| invalid(key, text, problem)),
        }
    }

    fn needed<T>(
        &self,
        key: &'static str,
        parse: impl Fn(&str) -> Result<T, String>,
        what: &'static str,
    ) -> Result<T, ConfigError> {
        self.or(key, |text| parse(text).map(Some), None)?.ok_or(ConfigError::Missing { key, what })
    }

    fn checkpoint_key(&self) -> Result<Option<Arc<CheckpointKey>>, ConfigError> {
        let key = "VIBESHEETS_CHECKPOINT_KEY";
        let read = |text| keys::read_checkpoint(text).map_err(|problem| invalid(key, "(secret)", problem));
        self.get(key).map(read).transpose()
    }

    fn session_key(&self) -> Result<SessionKey, ConfigError> {
        let key = "VIBESHEETS_SESSION_KEY";
        match (self.get(key), self.get("VIBESHEETS_SECRET_ARN")) {
            (None, Some(arn)) => Ok(SessionKey::SecretsManager(arn.to_owned())),
            (Some(text), None) => {
                keys::read(text).map(SessionKey::Given).map_err(|problem| invalid(key, "(secret)", problem))
            }
            (Some(_), Some(_)) => {
                Err(invalid(key, "(secret)", "and VIBESHEETS_SECRET_ARN are both set; keep one"))
            }
            (None, None) => Err(ConfigError::Missing {
                key: "VIBESHEETS_SECRET_ARN",
                what: "the name or ARN of the secret with the key that sessions are signed with",
            }),
        }
    }
}

fn invalid(key: &'static str, value: &str, problem: impl ToString) -> ConfigError {
    ConfigError::Invalid { key, value: value.to_owned(), problem: problem.to_string() }
}
