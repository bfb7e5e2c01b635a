//! Entries typed, edited, deleted and restored by hand, and their history.

mod create;
mod delete;
mod edit;
mod history;
mod load;
mod restore;

pub use create::{EntryRequest, create_entry};
pub use delete::delete_entry;
pub use edit::edit_entry;
pub use history::{EntryHistory, HistoryRecord, entry_history};
pub use load::find_entry;
pub use restore::restore_entry;
