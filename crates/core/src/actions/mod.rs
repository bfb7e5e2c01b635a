//! What people can do. An action is always: authorize → load → decide (a pure function) → one write that carries
//! its journal record and its answer. A lost race is decided again on what is there by then.

mod caller;
mod clock;
pub mod entries;
mod projects;
mod refusal;
pub mod reports;
mod run;

pub use caller::{Caller, Command, Context};
pub use clock::{ClockAction, ClockRequest, ClockState, clock, status};
pub use refusal::{ActionError, FieldError, Refusal};
pub use run::{DirectoryDecision, TimesheetDecision, change_directory, change_timesheet, once};
