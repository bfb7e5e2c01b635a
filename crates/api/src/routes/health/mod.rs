//! Whether the server is well.

pub mod live;
mod memory;
pub mod ready;
pub mod show;
mod store;

pub use store::StoreHealth;
