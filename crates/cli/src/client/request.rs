//! One request: what it is, and the client that sends it.

use std::{fmt, io::Read};

use base64::{Engine, prelude::BASE64_STANDARD};
use serde::de::DeserializeOwned;
use serde_json::Value;
use ureq::{Agent, Body, http::Response};
use vibesheets_api::PublicUrl;
use vibesheets_core::{CommandId, TimeSource};

use super::{Credentials, send};
use crate::{
    config::{Config, Secret},
    failure::{Exit, Failure},
    output::Progress,
    system::{SystemRandom, SystemTime},
};

/// A server, and who is signed in to it.
pub struct Client {
    pub(super) agent: Agent,
    pub(super) server: String,
    pub(super) token: Option<Secret>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("server", &self.server).finish_non_exhaustive()
    }
}

/// What is asked of the server.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// `GET`, `POST`, `PATCH`, `DELETE`.
    pub method: &'static str,
    /// Below `/api`, with its query.
    pub path: String,
    /// The media type and the bytes.
    pub body: Option<(&'static str, &'a [u8])>,
    /// The version that is edited.
    pub version: Option<u64>,
    /// Sent with every attempt, so that a command takes effect once.
    pub command: Option<CommandId>,
}

impl<'a> Request<'a> {
    /// Asks for something.
    pub fn get(path: impl Into<String>) -> Self {
        Self { method: "GET", path: path.into(), body: None, version: None, command: None }
    }

    /// Changes something, once however often it is sent.
    pub fn change(method: &'static str, path: impl Into<String>) -> Self {
        let command = CommandId::generate(SystemTime.now(), &SystemRandom);
        Self { method, path: path.into(), body: None, version: None, command: Some(command) }
    }

    /// With this body.
    #[must_use]
    pub fn body(self, media_type: &'static str, bytes: &'a [u8]) -> Self {
        Self { body: Some((media_type, bytes)), ..self }
    }
}

/// What the server answered: JSON, or nothing.
#[derive(Debug, Clone)]
pub struct Reply {
    /// For scripts, as it came.
    pub value: Value,
}

impl Reply {
    /// For people.
    ///
    /// # Errors
    /// [`Failure`] where the server is of another version.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        serde_json::from_value(self.value.clone()).map_err(|error| {
            Failure::refused(format!(
                "the server's answer is not one this version knows ({error}); update one of the two"
            ))
        })
    }
}

impl Client {
    /// A client of `server`, not signed in.
    pub fn of(server: &PublicUrl, token: Option<Secret>) -> Self {
        Self { agent: send::agent(), server: server.to_string(), token }
    }

    /// A client of the server that the person signed in to, or that the configuration names with a token.
    ///
    /// # Errors
    /// [`Failure`] that says to sign in.
    pub fn signed_in(config: &Config) -> Result<Self, Failure> {
        let named = config.server.value.as_ref();
        if let (Some(server), Some(token)) = (named, config.token.value.clone()) {
            return Ok(Self::of(server, Some(token)));
        }
        let sign_in = || Failure::refused("you are not signed in; run `vibesheets login --server URL`");
        let kept = Credentials::read(config)?.ok_or_else(sign_in)?;
        let token = config.token.value.clone().unwrap_or_else(|| kept.token());
        let server: PublicUrl =
            kept.server.parse().map_err(|error| Failure::refused(format!("{}: {error}", kept.server)))?;
        if named.is_some_and(|named| *named != server) {
            let other = kept.server;
            return Err(Failure::refused(format!(
                "you are signed in to {other}; run `vibesheets login` with this server"
            )));
        }
        if config.token.value.is_none() && kept.expires_at <= SystemTime.now() {
            return Err(Failure::refused("your sign-in ended; run `vibesheets login`"));
        }
        Ok(Self::of(&server, Some(token)))
    }

    /// Sends `request` until the server answers, and reads the answer.
    ///
    /// # Errors
    /// [`Failure`] with the server's words, or with [`Exit::Unreachable`].
    pub fn send(&self, request: &Request<'_>) -> Result<Reply, Failure> {
        self.read(send::until_answered(self, request, None)?)
    }

    /// The same, with `progress` of its body.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub fn send_counted(&self, request: &Request<'_>, progress: &Progress) -> Result<Reply, Failure> {
        self.read(send::until_answered(self, request, Some(progress))?)
    }

    /// Sends `request` and hands out the answer's body as it comes, and the signed checkpoint that came beside it.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub fn open(&self, request: &Request<'_>) -> Result<(Option<String>, impl Read + use<>), Failure> {
        let response = send::until_answered(self, request, None)?;
        let note = response.headers().get("vibesheets-checkpoint");
        let note = note.and_then(|note| BASE64_STANDARD.decode(note.as_bytes()).ok());
        let note = note.and_then(|note| String::from_utf8(note).ok());
        Ok((note, response.into_body().into_reader()))
    }

    fn read(&self, mut response: Response<Body>) -> Result<Reply, Failure> {
        let bytes = response.body_mut().with_config().limit(send::MOST_REPLY_BYTES).read_to_vec().map_err(
            |error| Failure::new(Exit::Unreachable, format!("the server's answer broke off: {error}")),
        )?;
        if bytes.is_empty() {
            return Ok(Reply { value: Value::Null });
        }
        serde_json::from_slice(&bytes).map(|value| Reply { value }).map_err(|_| {
            let server = &self.server;
            Failure::refused(format!("{server} does not answer as a VibeSheets server; check the address"))
        })
    }

    /// Asks for something.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub fn get(&self, path: impl Into<String>) -> Result<Reply, Failure> {
        self.send(&Request::get(path))
    }

    /// Changes something with a JSON body.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub fn change(
        &self,
        method: &'static str,
        path: &str,
        body: &Value,
        version: Option<u64>,
    ) -> Result<Reply, Failure> {
        let bytes = body.to_string();
        let request =
            Request { version, ..Request::change(method, path).body("application/json", bytes.as_bytes()) };
        self.send(&request)
    }
}
