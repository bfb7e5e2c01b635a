//! The HTTP edge of VibeSheets: what is asked is checked and handed to core, what core says is put into words of HTTP.
//!
//! Start at [`functions`] for the endpoints, at [`routes`] for one of them, at [`extract`] for what handlers take, at
//! [`problem`] for errors, at [`auth`] for who asks.

pub mod answer;
pub mod auth;
pub mod dto;
pub mod export;
pub mod extract;
pub mod problem;
pub mod routes;
pub mod transfers;

mod checkpoint_key;
mod client_address;
mod edge;
mod functions;
mod openapi;
mod public_url;
mod router;
mod settings;
mod state;
mod trusted_proxies;

pub use checkpoint_key::{CheckpointKey, Ed25519, InvalidCheckpointKey};
pub use client_address::ClientAddress;
pub use edge::{CONTENT_SECURITY_POLICY, SecurityHeaders};
pub use functions::{Function, functions};
pub use openapi::{IdempotencyKey, IfMatchVersion, openapi};
pub use public_url::{InsecurePublicUrl, InvalidPublicUrl, PublicUrl};
pub use router::{Mount, router, router_of};
pub use routes::health::{CopiesHealth, ReplicaHealth};
pub use settings::{ApiSettings, DemoSignIn, Environment, Secret, SetupCode, SignUpMode};
pub use state::{ApiState, Shared};
pub use trusted_proxies::{InvalidNetwork, TrustedProxies};
