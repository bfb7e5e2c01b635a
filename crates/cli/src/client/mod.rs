//! Talking to a server: who signed in, requests that take effect once, and refusals in the server's words.

mod credentials;
mod elsewhere;
mod find;
mod problem;
pub mod replies;
mod request;
mod send;

pub use credentials::Credentials;
pub use find::{member_by, project_by};
pub use request::{Client, Reply, Request};
