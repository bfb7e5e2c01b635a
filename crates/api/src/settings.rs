//! What an operator decides about the API. Read once, by whoever starts the process.

use std::fmt;

use crate::PublicUrl;

/// Where the process runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// On somebody's desk.
    Development,
    /// Like production, for trying.
    Staging,
    /// For real.
    Production,
}

impl Environment {
    /// Its name in the configuration and in `/health`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Staging => "staging",
            Self::Production => "production",
        }
    }
}

/// Who may sign up once the first owner has. The first sign-up on an empty store is always allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignUpMode {
    /// Anyone; each makes an organisation of their own.
    Open,
    /// Only whoever was invited.
    Invite,
}

/// The one-time code that the first sign-up needs where the server can be reached from other machines.
#[derive(Clone, PartialEq, Eq)]
pub struct SetupCode(pub String);

/// The key that our tokens are signed with (HMAC-SHA256). Whoever has it can be anyone.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenKey(pub [u8; 32]);

impl fmt::Debug for SetupCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SetupCode(redacted)")
    }
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenKey(redacted)")
    }
}

/// What an operator decides about the API.
#[derive(Debug, Clone)]
pub struct ApiSettings {
    /// Where the process runs.
    pub environment: Environment,
    /// Where people reach it: decides the cookie, the allowed origin and the links in invitations.
    pub public_url: PublicUrl,
    /// Who may sign up.
    pub sign_up: SignUpMode,
    /// Asked for by the first sign-up; `None` where only this machine can reach the server.
    pub setup_code: Option<SetupCode>,
    /// Signs our tokens.
    pub token_key: TokenKey,
    /// The program's version, for `/health`.
    pub version: String,
}
