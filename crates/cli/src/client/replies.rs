//! What the server answers, as far as people are told of it. Unknown fields are fine: the server may be newer.

use serde::{Deserialize, Serialize};

/// An entry.
#[derive(Debug, Clone, Deserialize)]
pub struct Entry {
    /// On what.
    #[serde(default)]
    pub project_id: Option<String>,
    /// With the offset of its own zone.
    pub start: String,
    /// `None` while open.
    pub end: Option<String>,
    /// `None` while open.
    #[serde(default)]
    pub seconds: Option<i64>,
    /// The date it belongs to.
    pub work_date: String,
    /// What its member wrote.
    #[serde(default)]
    pub note: String,
    /// Its labels.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// What the clock shows.
#[derive(Debug, Clone, Deserialize)]
pub struct Status {
    /// The open entry.
    pub entry: Option<Entry>,
    /// How long it has been open.
    pub elapsed_seconds: i64,
    /// The work date of now.
    pub today: String,
    /// Its seconds.
    pub today_seconds: i64,
    /// The week's seconds.
    pub week_seconds: i64,
}

/// The answer to a press of the button.
#[derive(Debug, Clone, Deserialize)]
pub struct Clocked {
    /// The entry that was begun or closed.
    pub entry: Entry,
    /// What the clock shows now.
    pub status: Status,
}

/// A project.
#[derive(Debug, Clone, Deserialize)]
pub struct Project {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it takes no new time.
    pub archived: bool,
}

/// All projects.
#[derive(Debug, Clone, Deserialize)]
pub struct Projects {
    /// By name.
    pub projects: Vec<Project>,
}

/// A member.
#[derive(Debug, Clone, Deserialize)]
pub struct Member {
    /// Their id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Where mail reaches them.
    pub email: Option<String>,
    /// What they may do.
    pub role: String,
    /// Where their clock stands.
    pub time_zone: String,
    /// How far their sign-in has come.
    pub sign_in: String,
    /// Whether they left.
    pub archived: bool,
    /// Counts their changes.
    pub version: u64,
}

/// All members.
#[derive(Debug, Clone, Deserialize)]
pub struct Members {
    /// By name.
    pub members: Vec<Member>,
}

/// Who is signed in.
#[derive(Debug, Clone, Deserialize)]
pub struct Me {
    /// As which member.
    pub member: Member,
    /// Where.
    pub organisation: Organisation,
}

/// An organisation.
#[derive(Debug, Clone, Deserialize)]
pub struct Organisation {
    /// Its name.
    pub name: String,
}

/// The answer to an invitation.
#[derive(Debug, Clone, Deserialize)]
pub struct Invited {
    /// The new member.
    pub member: Member,
    /// How they come in.
    pub invitation: Option<Invitation>,
}

/// A link for whoever is invited.
#[derive(Debug, Clone, Deserialize)]
pub struct Invitation {
    /// The link.
    pub url: String,
    /// When it ends.
    pub expires_at: String,
}

/// The answer to a sign-in.
#[derive(Clone, Deserialize, Serialize)]
pub struct Token {
    /// What shows who one is.
    pub access_token: String,
    /// For how long.
    pub expires_in: i64,
}
