//! An account's place in one organisation.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AccountId, Email, MemberId, Name, time::Zone};

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
    /// Counts their changes from 1.
    pub version: u32,
    /// When they became a member.
    pub created_at: Timestamp,
}
