//! Events as API Gateway makes them of requests, and answers as it wants them.
//!
//! [`Event`] reads both shapes: HTTP APIs and function URLs send version 2.0; REST APIs, and HTTP APIs that are told to,
//! send version 1.0. [`Arrived`] is the request in it; [`EventAnswer`] is what goes back.

mod answer;
mod body;
mod http_api;
mod request;
mod rest_api;

pub use answer::{EventAnswer, MOST_BODY_BYTES};
pub use request::{Arrived, EventError, Shape, strip_prefix};

use serde::Deserialize;

use http_api::HttpApiEvent;
use rest_api::RestApiEvent;

/// An event of API Gateway.
#[derive(Debug)]
pub enum Event {
    /// Version 2.0: an HTTP API or a function URL.
    HttpApi(Box<HttpApiEvent>),
    /// Version 1.0: a REST API.
    RestApi(Box<RestApiEvent>),
}

impl Event {
    /// Reads the event in `json`.
    ///
    /// # Errors
    /// [`EventError::NotOurs`] where it is of another service.
    pub fn read(json: &str) -> Result<Self, EventError> {
        #[derive(Deserialize)]
        struct Version {
            version: Option<String>,
        }
        let of_another_service = |error: serde_json::Error| EventError::NotOurs(error.to_string());
        let Version { version } = serde_json::from_str(json).map_err(of_another_service)?;
        let event = match version.as_deref() {
            Some("2.0") => serde_json::from_str(json).map(Self::HttpApi),
            _ => serde_json::from_str(json).map(Self::RestApi),
        };
        event.map_err(of_another_service)
    }

    /// The request in it.
    ///
    /// # Errors
    /// [`EventError`] where it is no request.
    pub fn arrived(self) -> Result<Arrived, EventError> {
        match self {
            Self::HttpApi(event) => event.arrived(),
            Self::RestApi(event) => event.arrived(),
        }
    }

    /// Which answer goes with it.
    pub const fn shape(&self) -> Shape {
        match self {
            Self::HttpApi(_) => Shape::HttpApi,
            Self::RestApi(_) => Shape::RestApi,
        }
    }
}
