//! An account's place in one organisation.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AccountId, Email, Invitation, MemberId, Name, time::Zone};

/// What a member may do; each role may do what those below it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Their own time.
    Member,
    /// Everyone's time, projects, clients and tags.
    Manager,
    /// Members, imports and settings.
    Admin,
    /// Other owners.
    Owner,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 4] = [Self::Member, Self::Manager, Self::Admin, Self::Owner];
}

/// The language of the web app.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

/// How durations are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DurationFormat {
    /// `7:45`
    #[default]
    Clock,
    /// `7.75 h`
    Decimal,
}

/// A person in one organisation. Without an account they cannot sign in (imported people).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Their id.
    pub id: MemberId,
    /// Their sign-in, if they have one.
    pub account: Option<AccountId>,
    /// What they are called.
    pub name: Name,
    /// Where they are invited, and how an imported file names them.
    pub email: Option<Email>,
    /// What they may do.
    pub role: Role,
    /// Where their clock runs.
    pub time_zone: Zone,
    /// Their language.
    pub locale: Locale,
    /// How they read durations.
    pub duration_format: DurationFormat,
    /// Archived members cannot sign in and take no new entries.
    pub archived: bool,
    /// Erased members have lost name, address, sign-in and time; their id stays in the journal. They stay archived.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub erased: bool,
    /// Counts their changes from 1.
    pub version: u32,
    /// When they became a member.
    pub created_at: Timestamp,
}

impl Member {
    /// What is left of them once they are erased.
    #[must_use]
    pub fn erased(&self) -> Self {
        let mut left = self.clone();
        left.forget_person();
        Self { account: None, archived: true, erased: true, version: self.version + 1, ..left }
    }

    /// Takes out what tells who they are.
    pub(crate) fn forget_person(&mut self) {
        self.name = Name::erased();
        self.email = None;
    }
}

/// How far a member's sign-in has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignIn {
    /// They have none, and no link with which they could get one.
    None,
    /// They hold a link that still works.
    Invited,
    /// They can sign in, unless they are archived.
    Active,
}

impl SignIn {
    /// That of `member`, whose invitation that has not ended is `invitation`.
    pub fn of(member: &Member, invitation: Option<&Invitation>, now: Timestamp) -> Self {
        match invitation {
            _ if member.account.is_some() => Self::Active,
            Some(invitation) if now < invitation.expires_at && !member.archived => Self::Invited,
            _ => Self::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{InvitationId, actions::example::member};

    #[test]
    fn an_invitation_counts_until_it_expires_and_an_account_always() {
        let able = member(1, Role::Member);
        let unable = Member { account: None, ..able.clone() };
        let second = |second| Timestamp::from_second(second).expect("a time");
        let invitation = Invitation {
            id: InvitationId::from_bytes([1; 16]),
            member: able.id,
            secret_digest: [0; 32],
            expires_at: second(100),
            ended_at: None,
        };
        assert_eq!(SignIn::of(&unable, None, second(0)), SignIn::None);
        assert_eq!(SignIn::of(&unable, Some(&invitation), second(99)), SignIn::Invited);
        assert_eq!(SignIn::of(&unable, Some(&invitation), second(100)), SignIn::None);
        assert_eq!(SignIn::of(&able, Some(&invitation), second(100)), SignIn::Active);
    }
}
