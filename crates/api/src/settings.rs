//! What an operator decides about the API. Read once, by whoever starts the process.

use std::fmt;

use aws_lc_rs::{constant_time::verify_slices_are_equal, hmac};

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

    /// Whether limits are in force: on somebody's desk they would only be in the way.
    pub const fn has_limits(self) -> bool {
        matches!(self, Self::Staging | Self::Production)
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

impl SetupCode {
    /// The code where no terminal shows one and many servers have to have the same: made of the session key, so that whoever may
    /// read that can tell it.
    pub fn of(secret: &Secret) -> Self {
        let bytes = secret.key_for("vibesheets setup code 1");
        Self(bytes[..8].iter().map(|byte| format!("{byte:02X}")).collect())
    }

    /// Whether `typed` is it, found in a time that tells nothing about it. Case, hyphens and spaces are for reading.
    pub fn is(&self, typed: &str) -> bool {
        verify_slices_are_equal(significant(&self.0).as_bytes(), significant(typed).as_bytes()).is_ok()
    }
}

fn significant(code: &str) -> String {
    let letters = code.chars().filter(|letter| *letter != '-' && !letter.is_whitespace());
    letters.map(|letter| letter.to_ascii_uppercase()).collect()
}

/// What tokens and invitations are signed with, by a key derived for each: 32 bytes that nobody can guess, kept outside
/// the store, the same after a restart. Whoever has them can be anyone.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub [u8; 32]);

impl Secret {
    /// The key for one purpose: whoever has it learns nothing about the others.
    pub fn key_for(&self, purpose: &str) -> [u8; 32] {
        let secret = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        let mut key = [0; 32];
        key.copy_from_slice(hmac::sign(&secret, purpose.as_bytes()).as_ref());
        key
    }
}

impl fmt::Debug for SetupCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SetupCode(redacted)")
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(redacted)")
    }
}

/// How anyone may sign in to a demo; everybody is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoSignIn {
    /// The demo owner's address.
    pub email: String,
    /// Everyone's password in the demo.
    pub password: String,
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
    /// What tokens and invitations are signed with.
    pub secret: Secret,
    /// Only where the store is a demo.
    pub demo: Option<DemoSignIn>,
    /// The program's version, for `/health`.
    pub version: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `printf 'vibesheets setup code 1' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0707…07 | …`
    #[test]
    fn a_code_that_is_made_of_the_key_is_the_one_that_openssl_tells() {
        assert_eq!(SetupCode::of(&Secret([7; 32])).0, "75E2EF6B9A645416");
    }
}
