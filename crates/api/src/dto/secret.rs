//! What is never shown.

use std::fmt;

use serde::{Deserialize, Deserializer, de::Error};
use vibesheets_core::{Reason, reason::Carried};

/// A new password, 10 to 256 characters; never shown by `Debug`.
#[derive(Clone)]
pub struct Password(pub String);

impl Password {
    const SHORTEST: usize = 10;
    const LONGEST: usize = 256;
}

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.chars().count() {
            Self::SHORTEST..=Self::LONGEST => Ok(Self(text)),
            _ => Err(D::Error::custom(Carried::from(Reason::new(
                "password_length",
                "must have 10 to 256 characters",
            )))),
        }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(redacted)")
    }
}
