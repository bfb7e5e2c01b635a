//! Sending until there is an answer: a lost connection and 503 are tried again with the same command id.

use std::{io::Read, sync::Arc, thread, time::Duration};

use ureq::{
    Agent, Body, SendBody,
    http::{Response, header},
    tls::TlsConfig,
};

use super::{Client, Request, elsewhere, problem};
use crate::{
    failure::{Exit, Failure},
    output::Progress,
};

/// The most bytes of a JSON answer: an import's report of many overlaps is the longest there is.
pub const MOST_REPLY_BYTES: u64 = 256 * 1024 * 1024;
/// How long a connection may take to stand.
const CONNECT: Duration = Duration::from_secs(10);
/// How long the server may think; longer than its own limits on import and export.
const ANSWER: Duration = Duration::from_secs(120);
/// How long to wait before each further attempt.
const WAITS: [Duration; 4] =
    [Duration::from_millis(250), Duration::from_millis(500), Duration::from_secs(1), Duration::from_secs(2)];

/// An agent with our one cryptography provider.
pub fn agent() -> Agent {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let tls = TlsConfig::builder().unversioned_rustls_crypto_provider(provider).build();
    Agent::config_builder()
        .tls_config(tls)
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_connect(Some(CONNECT))
        .timeout_recv_response(Some(ANSWER))
        .user_agent(concat!("vibesheets/", env!("CARGO_PKG_VERSION")))
        .build()
        .into()
}

/// Sends `request` until the server answers; `sending` counts the bytes of its body.
///
/// # Errors
/// The server's refusal, or [`Exit::Unreachable`] after the last attempt.
pub fn until_answered(
    client: &Client,
    request: &Request<'_>,
    sending: Option<&Progress>,
) -> Result<Response<Body>, Failure> {
    let mut waits = WAITS.iter();
    loop {
        let failure = match attempt(client, request, sending) {
            Ok(mut response) if !response.status().is_success() => {
                let status = response.status().as_u16();
                let body = response.body_mut().read_to_vec().unwrap_or_default();
                problem::failure(status, &body)
            }
            Ok(response) => return Ok(response),
            Err(error) => not_answered(&client.server, &error),
        };
        match waits.next() {
            Some(wait) if failure.exit == Exit::Unreachable => pause(*wait),
            _ => return Err(failure),
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "there is no event to wait for: only time makes a server come back"
)]
fn pause(wait: Duration) {
    thread::sleep(wait);
}

fn attempt(
    client: &Client,
    request: &Request<'_>,
    sending: Option<&Progress>,
) -> Result<Response<Body>, ureq::Error> {
    let mut head = ureq::http::Request::builder()
        .method(request.method)
        .uri(format!("{}/api{}", client.server, request.path));
    if let Some(token) = &client.token {
        head = head.header(header::AUTHORIZATION, format!("Bearer {}", token.reveal()));
    }
    if let Some(command) = request.command {
        head = head.header("idempotency-key", command.to_string());
    }
    if let Some(version) = request.version {
        head = head.header(header::IF_MATCH, format!("\"{version}\""));
    }
    let Some((media_type, bytes)) = request.body else {
        return elsewhere::fetched(&client.agent, client.agent.run(head.body(())?)?);
    };
    head = head.header(header::CONTENT_TYPE, media_type).header(header::CONTENT_LENGTH, bytes.len());
    let mut reader: Box<dyn Read + '_> = match sending {
        Some(progress) => Box::new(progress.count(bytes)),
        None => Box::new(bytes),
    };
    client.agent.run(head.body(SendBody::from_reader(&mut reader))?)
}

/// Why there was no answer.
pub fn not_answered(server: &str, error: &ureq::Error) -> Failure {
    match error {
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::Pem(_) => {
            Failure::refused(format!("{server} cannot show that it is who it says: {error}"))
        }
        ureq::Error::Http(_) | ureq::Error::BadUri(_) => Failure::usage(format!("{server}: {error}")),
        _ => Failure::new(
            Exit::Unreachable,
            format!("{server} does not answer ({error}); is it running, and is the address right?"),
        ),
    }
}
