//! What is in force and from where, for `vibesheets config`.

use serde::Serialize;
use vibesheets_api::SignUpMode;
use vibesheets_store_sqlite::Location;

use super::{
    Config, Setting,
    keys::{self, Key},
};
use crate::store::StoreLocation;

/// One thing that is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its name in `vibesheets.toml`.
    pub key: &'static str,
    /// Its name in the environment.
    pub variable: String,
    /// What is in force; `(secret)` for secrets, `None` where there is nothing.
    pub value: Option<String>,
    /// `default`, `argument`, a variable or a file.
    pub source: String,
}

impl Config {
    /// A row for each key.
    pub fn rows(&self) -> Vec<Row> {
        let key_file = match &self.store.value {
            StoreLocation::Sqlite(Location::File(path)) => {
                format!("(secret, in {})", path.with_file_name("session.key").display())
            }
            StoreLocation::Sqlite(Location::Memory) => "(secret, made at each start)".to_owned(),
            StoreLocation::DynamoDb(_) => "(missing: servers that share a store need one)".to_owned(),
        };
        let sign_up = match self.sign_up.value {
            SignUpMode::Invite => "invite",
            SignUpMode::Open => "open",
        };
        vec![
            row(keys::ENV, &self.environment, |value| Some(value.as_str().to_owned())),
            row(keys::LISTEN, &self.listen, |value| Some(value.to_string())),
            row(keys::PUBLIC_URL, &self.public_url, |value| Some(value.to_string())),
            row(keys::TRUSTED_PROXIES, &self.trusted_proxies, |networks| {
                let texts: Vec<String> = networks.0.iter().map(ToString::to_string).collect();
                (!texts.is_empty()).then(|| texts.join(", "))
            }),
            row(keys::STORE, &self.store, |value| Some(value.to_string())),
            row(keys::MIRROR, &self.mirror, |value| {
                value.as_ref().map(|folder| folder.display().to_string())
            }),
            row(keys::MIRROR_OPTIONAL, &self.mirror_optional, |value| Some(value.to_string())),
            row(keys::REPLICA, &self.replica, |value| value.as_ref().map(ToString::to_string)),
            row(keys::BACKUPS, &self.backups, |value| {
                let beside = || self.backups_place().map(|place| place.to_string());
                value.as_ref().map_or_else(beside, |backups| Some(backups.to_string()))
            }),
            row(keys::SIGNUP, &self.sign_up, |_| Some(sign_up.to_owned())),
            row(keys::SESSION_KEY, &self.session_key, |value| {
                Some(value.as_ref().map_or(key_file, |_| "(secret)".to_owned()))
            }),
            row(keys::CHECKPOINT_KEY, &self.checkpoint_key, |_| {
                self.checkpoint_key_file().map(|path| path.display().to_string())
            }),
            row(keys::LOG_FORMAT, &self.log_format, |value| Some(value.as_str().to_owned())),
            row(keys::SERVER, &self.server, |value| value.as_ref().map(ToString::to_string)),
            row(keys::EMAIL, &self.email, Clone::clone),
            row(keys::PASSWORD, &self.password, |value| value.as_ref().map(|_| "(secret)".to_owned())),
            row(keys::TOKEN, &self.token, |value| value.as_ref().map(|_| "(secret)".to_owned())),
        ]
    }
}

fn row<T>(key: Key, setting: &Setting<T>, show: impl FnOnce(&T) -> Option<String>) -> Row {
    Row {
        key: key.name,
        variable: key.variable(),
        value: show(&setting.value),
        source: setting.source.to_string(),
    }
}
