//! Entries: spans of one member's time, and the rules between them.

mod draft;
mod model;
mod timesheet;

pub use draft::{EntryDraft, Labels};
pub use model::{Entry, EntrySource};
pub use timesheet::{DayTotal, Timesheet};
