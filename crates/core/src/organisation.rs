//! The tenant and the nouns that belong to it: projects, clients and tags.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ClientId, ImportId, InvitationId, Label, MemberId, Name, OrganisationId, ProjectId, Reason, TagId,
    import::ImportSource,
    reason::Carried,
    time::{FirstDayOfWeek, Zone},
};

/// A tenant; nothing crosses it (I8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// What its people call it.
    pub name: Name,
    /// The zone that new members start with.
    pub time_zone: Zone,
    /// Where its weeks begin.
    pub first_day_of_week: FirstDayOfWeek,
    /// What a member is expected to work in a week, in seconds.
    pub week_target_seconds: u32,
    /// Counts its changes from 1.
    pub version: u32,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What time is spent on. Archived, never deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// Unique among the client's projects, without regard to letter case.
    pub name: Name,
    /// Who pays.
    pub client_id: Option<ClientId>,
    /// One of the twelve project colours.
    pub color: Color,
    /// Whether new entries on it are billable.
    pub billable: bool,
    /// Archived projects take no new entries.
    pub archived: bool,
    /// Counts its changes from 1.
    pub version: u32,
}

/// One of the twelve project colours, 1 to 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Color(u8);

impl Color {
    /// How many there are.
    pub const COUNT: u8 = 12;

    /// The colour that the `index`th project gets when nobody chose one.
    pub fn for_index(index: usize) -> Self {
        Self(u8::try_from(index % usize::from(Self::COUNT)).map_or(1, |color| color + 1))
    }
}

impl TryFrom<u8> for Color {
    type Error = Carried;

    fn try_from(number: u8) -> Result<Self, Carried> {
        if (1..=Self::COUNT).contains(&number) {
            Ok(Self(number))
        } else {
            Err(Reason::new("unknown_color", "must be a colour from 1 to 12").into())
        }
    }
}

impl From<Color> for u8 {
    fn from(color: Color) -> Self {
        color.0
    }
}

/// Who pays for projects. Archived, never deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// Its id.
    pub id: ClientId,
    /// Unique in the organisation, without regard to letter case.
    pub name: Name,
    /// Archived clients take no new projects.
    pub archived: bool,
    /// Counts its changes from 1.
    pub version: u32,
}

/// A suggested label. Entries carry labels as text, so that archiving a tag changes no entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Its id.
    pub id: TagId,
    /// Unique in the organisation, without regard to letter case.
    pub name: Label,
    /// Archived tags are no longer suggested.
    pub archived: bool,
    /// Counts its changes from 1.
    pub version: u32,
}

/// A chance to become a member with a sign-in, for whoever holds the link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// The member whom the new sign-in will be.
    pub member: MemberId,
    /// SHA-256 of the link's secret: whoever reads the store cannot use the invitation.
    pub secret_digest: [u8; 32],
    /// When it stops working.
    pub expires_at: Timestamp,
    /// When somebody used it, or a newer one took its place.
    pub ended_at: Option<Timestamp>,
}

/// A file that was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// Its id; its entries carry it.
    pub id: ImportId,
    /// Which tool wrote the file.
    pub source: ImportSource,
    /// The name the file had with whoever sent it.
    pub file_name: String,
    /// Who imported it.
    pub member: MemberId,
    /// The members whose streams hold its entries.
    pub members: Vec<MemberId>,
    /// How many entries came in.
    pub entries: u64,
    /// Their seconds.
    pub seconds: i64,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When the last of its entries was in; `None` where it was interrupted.
    pub finished_at: Option<Timestamp>,
    /// When it was undone.
    pub undone_at: Option<Timestamp>,
    /// Counts its changes from 1.
    pub version: u32,
}
