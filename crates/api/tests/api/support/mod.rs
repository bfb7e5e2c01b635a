//! A real server without a network: the whole router over an SQLite store of its own, a time that stands until it is
//! moved, and randomness from a seed. Clients are named by role.

mod answer;
mod ask;
mod client;
mod operations;
mod people;
mod server;
mod sources;
mod stores;
mod through;

pub use answer::Answered;
pub use ask::{Ask, delete, get, patch, post, put};
pub use client::Client;
pub use operations::operations;
pub use people::{PASSWORD, Person};
pub use server::{Team, TestServer, settings};
