//! The API as AWS Lambda functions: one program, deployed once for each function or once for all.
//!
//! [`Gateway`] turns an event into a request for the API's router and its response into an answer; [`event`] knows the
//! shapes of both.

pub mod event;
mod gateway;

pub use gateway::Gateway;
