//! What tests of stores, actions and servers need: a time they set, randomness they can repeat, organisations.

mod dynamodb_engine;
mod lab;
mod lived_in;
mod moto_server;
mod organisation;
mod random;
mod time;
mod writes;

pub use dynamodb_engine::{dynamodb_counts_as_documented, dynamodb_endpoint};
pub use lab::{Lab, instant, timestamp};
pub use lived_in::live_in;
pub use moto_server::MotoServer;
pub use organisation::TestOrganisation;
pub use random::SeededRandom;
pub use time::FixedTime;
pub use writes::{changed, new};
