//! Everything there is to set.

use super::ConfigError;

/// One thing to set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// Its name in `vibesheets.toml`; in capitals behind `VIBESHEETS_` in the environment.
    pub name: &'static str,
    /// Shown as `(secret)`, and taken from the environment only where it is a person's own.
    pub secret: bool,
    /// Whether `vibesheets.toml` may hold it.
    pub in_file: bool,
}

const fn key(name: &'static str) -> Key {
    Key { name, secret: false, in_file: true }
}

/// `development`, `staging` or `production`.
pub const ENV: Key = key("env");
/// The address to listen on.
pub const LISTEN: Key = key("listen");
/// The address that browsers use.
pub const PUBLIC_URL: Key = key("public_url");
/// The proxies whose `X-Forwarded-For` is believed.
pub const TRUSTED_PROXIES: Key = key("trusted_proxies");
/// Where everything is kept.
pub const STORE: Key = key("store");
/// A second folder that holds every commit before it is acknowledged.
pub const MIRROR: Key = key("mirror");
/// Whether commits are acknowledged while the mirror cannot be written.
pub const MIRROR_OPTIONAL: Key = key("mirror_optional");
/// Where commits are shipped to.
pub const REPLICA: Key = key("replica");
/// Where snapshots are kept.
pub const BACKUPS: Key = key("backups");
/// Who may sign up once there is an owner.
pub const SIGNUP: Key = key("signup");
/// The key that sessions are signed with.
pub const SESSION_KEY: Key = Key { name: "session_key", secret: true, in_file: true };
/// The file with the key that checkpoints are signed with.
pub const CHECKPOINT_KEY: Key = key("checkpoint_key");
/// `text` or `json`.
pub const LOG_FORMAT: Key = key("log_format");
/// The server that the client commands talk to.
pub const SERVER: Key = key("server");
/// Who signs in with `vibesheets login`.
pub const EMAIL: Key = key("email");
/// Their password, for scripts.
pub const PASSWORD: Key = Key { name: "password", secret: true, in_file: false };
/// A token to use in place of the one that `vibesheets login` kept.
pub const TOKEN: Key = Key { name: "token", secret: true, in_file: false };
/// Where `vibesheets.toml` is.
pub const CONFIG: Key = Key { name: "config", secret: false, in_file: false };

/// All of them, in the order that `vibesheets config` prints.
pub const ALL: [Key; 18] = [
    ENV,
    LISTEN,
    PUBLIC_URL,
    TRUSTED_PROXIES,
    STORE,
    MIRROR,
    MIRROR_OPTIONAL,
    REPLICA,
    BACKUPS,
    SIGNUP,
    SESSION_KEY,
    CHECKPOINT_KEY,
    LOG_FORMAT,
    SERVER,
    EMAIL,
    PASSWORD,
    TOKEN,
    CONFIG,
];

/// What variables of ours begin with.
pub const VARIABLE_PREFIX: &str = "VIBESHEETS_";

impl Key {
    /// Its name in the environment.
    pub fn variable(self) -> String {
        format!("{VARIABLE_PREFIX}{}", self.name.to_ascii_uppercase())
    }
}

/// The key that the environment calls `variable`.
///
/// # Errors
/// [`ConfigError::Unknown`] with the nearest name there is.
pub fn of_variable(variable: &str) -> Result<Key, ConfigError> {
    ALL.into_iter().find(|key| key.variable() == variable).ok_or_else(|| {
        let place = "the environment".to_owned();
        ConfigError::Unknown {
            key: variable.to_owned(),
            place,
            nearest: nearest(variable, ALL.map(Key::variable)),
        }
    })
}

/// The key that a file calls `name`.
///
/// # Errors
/// [`ConfigError::Unknown`] with the nearest name there is, [`ConfigError::NotInFile`] for what a file must not hold.
pub fn of_file(name: &str, place: &str) -> Result<Key, ConfigError> {
    match ALL.into_iter().find(|key| key.name == name) {
        Some(key) if key.in_file => Ok(key),
        Some(key) => {
            Err(ConfigError::NotInFile { key: key.name, place: place.to_owned(), variable: key.variable() })
        }
        None => {
            let names = ALL.into_iter().filter(|key| key.in_file).map(|key| key.name.to_owned());
            Err(ConfigError::Unknown {
                key: name.to_owned(),
                place: place.to_owned(),
                nearest: nearest(name, names),
            })
        }
    }
}

fn nearest(wrong: &str, known: impl IntoIterator<Item = String>) -> String {
    known.into_iter().min_by_key(|name| strsim::osa_distance(wrong, name)).unwrap_or_default()
}
