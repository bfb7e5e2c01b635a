//! The API as AWS Lambda functions: one program, deployed once for each function or once for all.
//!
//! [`Gateway`] turns an event into a request for the API's router and its response into an answer; [`event`] knows the
//! shapes of both.

//!
//! With the feature `aws`: [`Config`] is what the operator decided, [`Program`] makes the router when the first event
//! comes, [`handle`] answers one.

pub mod event;
mod gateway;

#[cfg(feature = "aws")]
mod aws;
#[cfg(feature = "aws")]
mod config;
#[cfg(feature = "aws")]
mod handler;
#[cfg(feature = "aws")]
mod keys;
#[cfg(feature = "aws")]
mod program;
#[cfg(feature = "aws")]
mod system;
#[cfg(feature = "aws")]
mod transfers;

#[cfg(feature = "aws")]
pub use config::{Config, ConfigError, SessionKey};
pub use gateway::Gateway;
#[cfg(feature = "aws")]
pub use handler::handle;
#[cfg(feature = "aws")]
pub use keys::{KeyError, Keys, SessionKeys};
#[cfg(feature = "aws")]
pub use program::{Program, StartError};
#[cfg(feature = "aws")]
pub use transfers::S3Transfers;
