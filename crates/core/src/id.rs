//! Typed ids. Each is a UUID (RFC 9562): version 7 where the store makes something new,
//! version 8 where the id is derived from what it identifies (an imported row).

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{RandomSource, time::Instant};

macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident,)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id, sorted by `now`, unguessable by `random`.
            pub fn generate(now: Timestamp, random: &dyn RandomSource) -> Self {
                Self(version_7(now, random))
            }

            /// The id that always belongs to `parts` under `label`.
            pub fn derive(label: &str, parts: &[&[u8]]) -> Self {
                Self(version_8(label, parts))
            }

            /// From the 16 bytes a store keeps.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The 16 bytes a store keeps.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0.hyphenated())
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            /// Accepts the hyphenated form only, so that one thing has one spelling.
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                if text.len() != 36 {
                    return Err(InvalidId);
                }
                Uuid::try_parse(text).map(Self).map_err(|_| InvalidId)
            }
        }
    )+};
}

typed_id! {
    /// A tenant.
    OrganisationId,
    /// A person's sign-in.
    AccountId,
    /// An account's (or an imported person's) place in one organisation.
    MemberId,
    /// What time is spent on.
    ProjectId,
    /// Who pays for projects.
    ClientId,
    /// A suggested label.
    TagId,
    /// One span of one member's time.
    EntryId,
    /// One requested change: the `Idempotency-Key`.
    CommandId,
    /// One sign-in of one browser or API client.
    SessionId,
    /// One imported file.
    ImportId,
    /// One file that was left to be imported, or to be fetched.
    UploadId,
    /// One invitation to become a member with a sign-in.
    InvitationId,
    /// One store: what is beside it (a mirror, a replica, a backup) belongs to it alone. A restored one is another.
    StoreId,
}

/// The text is not a UUID in its hyphenated form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a UUID such as 0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42")]
pub struct InvalidId;

fn version_7(now: Timestamp, random: &dyn RandomSource) -> Uuid {
    let mut bytes = [0_u8; 16];
    random.fill(&mut bytes[6..]);
    write_milliseconds(&mut bytes, now);
    with_version(bytes, 7)
}

impl EntryId {
    /// The id of a new entry that starts at `start`: an engine that keeps entries by start and id finds one by its id
    /// alone, unless its start was edited.
    pub fn starting_at(start: Instant, random: &dyn RandomSource) -> Self {
        Self::generate(start.timestamp(), random)
    }

    /// The id that always belongs to `parts` under `label`, of an entry that starts at `start` as with
    /// [`Self::starting_at`].
    pub fn derive_starting_at(start: Instant, label: &str, parts: &[&[u8]]) -> Self {
        let mut bytes = Self::derive(label, parts).0.into_bytes();
        write_milliseconds(&mut bytes, start.timestamp());
        Self(Uuid::from_bytes(bytes))
    }

    /// The start that the id was made with, in seconds since the epoch; of another's making, whatever it says.
    pub fn start_when_made_seconds(self) -> i64 {
        let mut milliseconds = [0; 8];
        milliseconds[2..].copy_from_slice(&self.0.as_bytes()[..6]);
        i64::from_be_bytes(milliseconds) / 1000
    }
}

/// The first 48 bits, as RFC 9562 has them in version 7.
fn write_milliseconds(bytes: &mut [u8; 16], time: Timestamp) {
    let milliseconds = time.as_millisecond().max(0).to_be_bytes();
    bytes[..6].copy_from_slice(&milliseconds[2..]);
}

fn version_8(label: &str, parts: &[&[u8]]) -> Uuid {
    let mut hasher = Sha256::new();
    hasher.update((label.len() as u64).to_be_bytes());
    hasher.update(label.as_bytes());
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    let digest = hasher.finalize();
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    with_version(bytes, 8)
}

const fn with_version(mut bytes: [u8; 16], version: u8) -> Uuid {
    bytes[6] = (bytes[6] & 0x0f) | (version << 4);
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    Uuid::from_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derived_id_depends_on_where_its_parts_end() {
        let first = EntryId::derive("row", &[b"ab", b"c"]);
        let second = EntryId::derive("row", &[b"a", b"bc"]);
        assert_ne!(first, second);
        assert_eq!(first, EntryId::derive("row", &[b"ab", b"c"]));
    }

    #[test]
    fn an_entrys_id_tells_the_start_that_it_was_made_with() {
        let start = Instant::from_unix_seconds(1_772_438_400).expect("a time");
        let id = EntryId::derive_starting_at(start, "row", &[b"a"]);
        assert_eq!(id.start_when_made_seconds(), 1_772_438_400);
        assert_eq!(id.to_string()[14..15], *"8");
        assert_ne!(id, EntryId::derive_starting_at(start, "row", &[b"b"]));
        let later = start.saturating_add_seconds(1);
        assert!(id < EntryId::derive_starting_at(later, "row", &[b"a"]));
    }

    #[test]
    fn only_the_hyphenated_form_is_an_id() {
        let text = "0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42";
        assert_eq!(text.parse::<EntryId>().map(|id| id.to_string()), Ok(text.to_owned()));
        for other in ["", "0190e9f30c1e7a3b8a513f2a9c1d7e42", "{0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42}", "x"] {
            assert_eq!(other.parse::<EntryId>(), Err(InvalidId), "{other}");
        }
    }
}
