//! Other tools' files: reading them ([`read`]), and planning what would come in ([`plan`]).
//!
//! Both are pure. [`crate::actions::import`] reads what is there already and writes what was planned.

mod options;
pub mod plan;
mod read;
mod refusal;
mod report;
mod source;

pub use options::{DateOrder, Delimiter, OverlapPolicy, ReadOptions};
pub use read::{MOST_LISTED, ParsedFile, ParsedRow, Person, ProjectName, Refusals, read};
pub use refusal::{FileRefusal, RefusalCode, RowRefusal};
pub use report::{ImportReport, ImportedDay, LocalInstant, MemberReport, NewNouns, OverlapReport, RowCounts};
pub use source::ImportSource;
