//! Whether the server is well.

mod copies;
pub mod live;
mod memory;
pub mod ready;
pub mod show;
mod store;

pub use copies::{CopiesHealth, ReplicaHealth};
pub use store::StoreHealth;
