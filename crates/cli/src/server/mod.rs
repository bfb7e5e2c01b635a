//! The server process: opens the store, listens, answers, and ends when told to.
//!
//! [`serve`] is the whole story; [`connections`] holds clients to their limits, [`web_app`] answers with the embedded
//! app, [`session_key`] finds what sessions are signed with, [`copies`] keeps a replica, [`snapshots`] a snapshot
//! each day and what is younger than the retention.

mod checkpoints;
mod connections;
mod copies;
mod listen;
mod logging;
mod places;
mod serve;
mod session_key;
mod setup_code;
mod shutdown;
mod snapshots;
mod upkeep;
mod web_app;

pub use logging::begin as begin_log;
pub use serve::{serve, serve_store};
