//! What people can do. An action is always: authorize → load → decide (a pure function) → one write that carries
//! its journal record and its answer. A lost race is decided again on what is there by then.

pub mod accounts;
pub mod as_of;
mod caller;
pub mod clients;
mod clock;
mod directory;
pub mod entries;
pub mod erasure;
#[cfg(test)]
pub(crate) mod example;
pub mod heads;
pub mod import;
pub mod invitations;
pub mod members;
pub mod organisation;
pub mod projects;
mod refusal;
pub mod reports;
mod run;
pub mod settings;
pub mod sign_up;
pub mod tags;

pub use caller::{Caller, Command, Context};
pub use clock::{ClockAction, ClockRequest, ClockState, clock, status};
pub use refusal::{ActionError, FieldError, Refusal};
pub use run::{DirectoryDecision, TimesheetDecision, change_directory, change_timesheet, once};
