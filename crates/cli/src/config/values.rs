//! The types behind the texts.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    str::FromStr,
};

use vibesheets_api::{Environment, PublicUrl, Secret as SessionKey, SignUpMode};
use vibesheets_ops::archive::{ArchivePlace, InvalidArchivePlace};

/// Something that must not be shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The secret itself, for the one place that needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

impl LogFormat {
    /// As it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
        }
    }
}

/// Where snapshots are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Backups {
    /// Nowhere: `serve` takes none.
    None,
    /// There.
    In(ArchivePlace),
}

impl FromStr for Backups {
    type Err = InvalidArchivePlace;

    fn from_str(text: &str) -> Result<Self, InvalidArchivePlace> {
        if text == "none" { Ok(Self::None) } else { text.parse().map(Self::In) }
    }
}

impl fmt::Display for Backups {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::In(place) => place.fmt(f),
        }
    }
}

/// Reads a folder on this machine.
pub fn folder(text: &str) -> Result<PathBuf, &'static str> {
    if text.is_empty() || text.contains("://") {
        Err("must be a folder on this machine")
    } else {
        Ok(text.into())
    }
}

/// Reads a file on this machine.
pub fn file(text: &str) -> Result<PathBuf, &'static str> {
    if text.is_empty() || text.contains("://") {
        Err("must be a file on this machine")
    } else {
        Ok(text.into())
    }
}

/// Reads an answer.
pub fn yes_or_no(text: &str) -> Result<bool, &'static str> {
    text.parse().map_err(|_| "must be true or false")
}

/// Reads where the process runs.
pub fn environment(text: &str) -> Result<Environment, &'static str> {
    [Environment::Development, Environment::Staging, Environment::Production]
        .into_iter()
        .find(|environment| environment.as_str() == text)
        .ok_or("must be development, staging or production")
}

/// Reads who may sign up once there is an owner.
pub fn sign_up(text: &str) -> Result<SignUpMode, &'static str> {
    match text {
        "invite" => Ok(SignUpMode::Invite),
        "open" => Ok(SignUpMode::Open),
        _ => Err("must be invite or open"),
    }
}

/// Reads how log lines look.
pub fn log_format(text: &str) -> Result<LogFormat, &'static str> {
    [LogFormat::Text, LogFormat::Json]
        .into_iter()
        .find(|format| format.as_str() == text)
        .ok_or("must be text or json")
}

/// Reads the key that sessions are signed with.
pub fn session_key(text: &str) -> Result<SessionKey, &'static str> {
    let wrong = "must be 64 hexadecimal digits, such as `openssl rand -hex 32` prints";
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(wrong);
    }
    let mut bytes = [0; 32];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[place * 2..place * 2 + 2], 16).map_err(|_| wrong)?;
    }
    Ok(SessionKey(bytes))
}

/// Where a browser on this machine, or in its network, finds a server that listens on `address`.
pub fn public_url_of(address: SocketAddr) -> Option<PublicUrl> {
    let host = match address.ip() {
        ip if ip.is_loopback() || ip.is_unspecified() => "localhost".to_owned(),
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    };
    format!("http://{host}:{}", address.port()).parse().ok()
}

/// Reads an address such as `127.0.0.1:3000`, `[::1]:3000` or `localhost:3000`.
pub fn listen_address(text: &str) -> Result<SocketAddr, &'static str> {
    let text =
        text.strip_prefix("localhost:").map_or_else(|| text.to_owned(), |port| format!("127.0.0.1:{port}"));
    text.parse().map_err(|_| "must be an address and a port, such as 127.0.0.1:3000 or 0.0.0.0:3000")
}
