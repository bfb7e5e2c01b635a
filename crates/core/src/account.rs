//! A person's sign-in and its sessions.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AccountId, Email, MemberId, OrganisationId, SessionId, journal::Actor, store::Scope};

/// A person's sign-in. May be a member of several organisations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Unique in the whole store.
    pub email: Email,
    /// How the password is checked.
    pub password: PasswordHash,
    /// Counts its changes from 1.
    pub version: u32,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Account {
    /// What is left of an account once its person is erased: nobody can sign in with it, and nobody else gets its id.
    pub fn erased(id: AccountId) -> Self {
        // An address that no mail is delivered to (RFC 2606); ids are text that addresses may hold.
        let email = Email::new(&format!("{id}@erased.invalid")).expect("an address");
        Self {
            id,
            email,
            password: PasswordHash(String::new()),
            version: 0,
            created_at: Timestamp::UNIX_EPOCH,
        }
    }

    /// Whether this is what is left of one.
    pub fn is_erased(&self) -> bool {
        self.version == 0
    }
}

/// A password's hash in the PHC string format; never shown by `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PasswordHash(pub String);

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(redacted)")
    }
}

/// An account's place in one organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The member that the account is there.
    pub member: MemberId,
}

impl Membership {
    /// The scope of what the member does there.
    pub const fn scope(self) -> Scope {
        Scope { organisation: self.organisation, actor: Actor::Member(self.member) }
    }
}

/// One sign-in. Not in the journal: a restored store has none, and everyone signs in again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id, carried by the token.
    pub id: SessionId,
    /// Who signed in.
    pub account: AccountId,
    /// Where, and as which member.
    pub membership: Membership,
    /// When.
    pub created_at: Timestamp,
    /// When its token ends.
    pub expires_at: Timestamp,
    /// The client as it named itself, cut to 200 characters.
    pub user_agent: String,
}
