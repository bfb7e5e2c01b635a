//! A requested change with its JSON body and its command id (I4).

use axum::{
    extract::{FromRequest, Request},
    http::{HeaderName, request::Parts},
};
use serde::de::DeserializeOwned;
use vibesheets_core::{CommandId, actions::Command, journal::Hash};

use super::body;
use crate::{
    ApiState,
    problem::{Code, Problem},
};

/// Names a change, so that sending it twice makes it once.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A change with a JSON body.
#[derive(Debug)]
pub struct Change<T> {
    /// Which change it is.
    pub command: Command,
    /// What it says.
    pub body: T,
}

impl<T: DeserializeOwned> FromRequest<ApiState> for Change<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &ApiState) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        body::require_json(&parts.headers)?;
        let bytes = body::read(&parts.headers, body).await?;
        let command = command_of(state, &parts, &bytes)?;
        Ok(Self { command, body: body::parse(&bytes)? })
    }
}

/// The command that a request is: the client's `Idempotency-Key`, or an id made here. The digest covers method, path
/// under the mount, query and body, so that one id cannot stand for two requests.
///
/// # Errors
/// A problem where the key is no UUID.
pub fn command_of(state: &ApiState, parts: &Parts, body: &[u8]) -> Result<Command, Problem> {
    let Some(key) = parts.headers.get(IDEMPOTENCY_KEY) else {
        let id = CommandId::generate(state.time.now(), &*state.random);
        // Nobody can send an id again that nobody was told, so nothing will compare the digest.
        return Ok(Command { id, digest: Hash::ZERO, may_be_repeated: false });
    };
    let id = key.to_str().ok().and_then(|key| key.parse().ok()).ok_or_else(|| {
        Problem::new(
            Code::Invalid,
            "Idempotency-Key must be a UUID such as 0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42, \
             a new one for each change.",
        )
    })?;
    let query = parts.uri.query().unwrap_or_default();
    let request = [parts.method.as_str(), parts.uri.path(), query];
    let digest = Hash::of(&[request[0].as_bytes(), request[1].as_bytes(), request[2].as_bytes(), body]);
    Ok(Command { id, digest, may_be_repeated: true })
}
