//! The storage port: what an engine must do for VibeSheets, shaped like the weakest engine that does it.
//!
//! Each write is one atomic business write that carries its journal record and, where a command asked for it,
//! the command's answer. There is no begin and no commit. The contract is the suite in `store-contract`.

mod accounts;
mod commands;
mod directory;
mod erasure;
mod error;
mod journal;
mod scope;
mod sign_in_attempts;
mod timesheets;

pub use accounts::{Accounts, SignUpWrite};
pub use commands::{APPLIED_COMMAND_DAYS, Answer, AppliedCommand, AppliedCommands};
pub use directory::{Directory, DirectoryWrite, Organisations};
pub use erasure::{Erasure, Erasures, MOST_ERASED_PAYLOADS, Taken};
pub use error::StoreError;
pub use journal::{JournalReader, StoredRecord};
pub use scope::Scope;
pub use sign_in_attempts::{AttemptLimit, AttemptOutcome, AttemptSubject, SignInAttempts};
pub use timesheets::{
    EntryCursor, EntryQuery, EntryStream, GroupKey, Page, PageRequest, TimesheetQuery, TimesheetWrite,
    Timesheets, TotalRow,
};

use async_trait::async_trait;

/// A store: all of the port.
#[async_trait]
pub trait Store:
    Timesheets
    + Organisations
    + Accounts
    + SignInAttempts
    + JournalReader
    + AppliedCommands
    + Erasures
    + Send
    + Sync
{
    /// Answers when the store can read and write, for `/health/ready`.
    ///
    /// # Errors
    /// [`StoreError`] that says what is wrong.
    async fn check(&self) -> Result<(), StoreError>;
}

/// What a write returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commit {
    /// The store-wide number of the commit, on engines that have one.
    pub number: Option<u64>,
}
