//! The domain of VibeSheets: time, entries, the journal, who may do what, and what a store must do.
//!
//! Nothing here does I/O, reads the time or makes randomness; all of that is passed in. Start at [`actions`] for
//! what people can do, at [`entry`] and [`time`] for the rules, at [`journal`] for the proof, at [`store`] for the
//! port.

pub mod actions;
pub mod audit;
pub mod audit_file;
pub mod checkpoint;
pub mod durability;
pub mod entry;
pub mod import;
pub mod journal;
pub mod moving;
pub mod policy;
pub mod reason;
pub mod spreadsheet;
pub mod store;
pub mod time;

mod account;
mod foreign;
mod id;
mod member;
mod organisation;
mod source;
mod text;

pub use account::{Account, Membership, PasswordHash, Session};
pub use entry::{DayTotal, Entry, EntryDraft, EntrySource, Labels, Timesheet};
pub use id::{
    AccountId, ClientId, CommandId, EntryId, ImportId, InvalidId, InvitationId, MemberId, OrganisationId,
    ProjectId, SessionId, StoreId, TagId, UploadId,
};
pub use member::{DurationFormat, Locale, Member, Role, SignIn};
pub use organisation::{Client, Color, Import, Invitation, Organisation, Project, Tag};
pub use reason::Reason;
pub use source::{RandomSource, TimeSource};
pub use text::{Email, InvalidText, Label, Name, Note};
