//! Core's types as JSON shows and takes them.

mod directory;
mod entry;
mod import;
mod labels;
mod me;
mod member;
mod organisation;
mod patch;
mod secret;
mod status;
mod time;

pub use directory::{ClientDto, ProjectDto, TagDto};
pub use entry::EntryDto;
pub use import::{DateOrderDto, ImportReportDto, ImportSourceDto};
pub use labels::joined;
pub use me::MeDto;
pub use member::{DurationFormatDto, LocaleDto, MemberDto, RoleDto};
pub use organisation::OrganisationDto;
pub use patch::given;
pub use secret::Password;
pub use status::StatusDto;
pub use time::{CivilDate, PointInTime, Rfc3339};
