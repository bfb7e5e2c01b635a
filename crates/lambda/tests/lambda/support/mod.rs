//! A local Lambda: its Runtime API, the gateway before it, and what functions reach from it.

mod answer;
pub mod api_gateway;
mod bootstrap;
mod engine;
mod instance;
mod local_aws;
mod people;
mod recorder;
mod runtime_api;

pub use answer::{Answered, Client};
pub use api_gateway::ApiGateway;
pub use bootstrap::Bootstrap;
pub use engine::new_store;
pub use instance::{Instance, packaged};
pub use local_aws::{BUCKET, LocalAws, SECRET};
pub use people::{PASSWORD, SETUP_CODE, admin, sign_up};
pub use recorder::{Recorder, Rights};
pub use runtime_api::{Outcome, RuntimeApi};
