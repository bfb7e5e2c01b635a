//! The storage port on Amazon DynamoDB: many machines, one partition for each member, so that one transaction covers their
//! time.
//!
//! [`DynamoDbStore`] is the adapter and [`keys`] documents every table, key and index. [`tables`](mod@tables) is how
//! requests are made: each page and each unprocessed key is followed, and what fails is retried or told apart. Each group
//! of the port's operations has a module of its own.

mod accounts;
mod commands;
mod directory;
mod erasure;
mod item;
mod journal;
pub mod keys;
mod location;
mod open;
mod packed;
mod store;
mod tables;
mod timesheets;

pub use location::{InvalidLocation, Location};
pub use open::OpenError;
pub use store::DynamoDbStore;
pub use tables::{Consumed, ConsumedUnits};
