//! The server process: opens the store, listens, answers, and ends when told to.
//!
//! [`serve`] is the whole story; [`connections`] holds clients to their limits, [`web_app`] answers with the embedded
//! app, [`store`] and [`session_key`] find what the process keeps.

mod client_address;
mod connections;
mod listen;
mod logging;
mod places;
mod serve;
mod session_key;
mod setup_code;
mod shutdown;
mod store;
mod upkeep;
mod web_app;

pub use logging::begin as begin_log;
pub use serve::{serve, serve_store};
pub use store::{open, open_error};
