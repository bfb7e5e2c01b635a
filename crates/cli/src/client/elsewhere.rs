//! Files too large for a server in the cloud: it says where to leave them and where to fetch them. Whoever has such a link may use it,
//! so the token never goes there.

use serde_json::{Value, json};
use ureq::{
    Agent, Body, SendBody,
    http::{Response, StatusCode, header},
};

use super::{Client, send};
use crate::{
    failure::{Exit, Failure},
    output::Progress,
};

/// The largest file that is sent to the server itself without asking.
const LARGEST_BODY_BYTES: usize = 4_000_000;

/// The answer, or the file that it says is elsewhere.
///
/// # Errors
/// Where that place cannot be reached.
pub fn fetched(agent: &Agent, answer: Response<Body>) -> Result<Response<Body>, ureq::Error> {
    let place = answer.headers().get(header::LOCATION).and_then(|place| place.to_str().ok());
    match place {
        Some(place) if answer.status() == StatusCode::SEE_OTHER => agent.get(place).call(),
        _ => Ok(answer),
    }
}

impl Client {
    /// Leaves a large file where the server says; `None` where the file is small, or the server takes any itself.
    ///
    /// # Errors
    /// The server's refusal, or [`Exit::Unreachable`].
    pub fn leave(&self, bytes: &[u8], progress: &Progress) -> Result<Option<String>, Failure> {
        if bytes.len() <= LARGEST_BODY_BYTES {
            return Ok(None);
        }
        let body = json!({ "bytes": bytes.len() });
        let offer = match self.change("POST", "/import/uploads", &body, None) {
            Ok(offer) => offer.value,
            Err(failure) if is_not_found(&failure) => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let mut request = ureq::http::Request::put(text(&offer["url"]));
        for (name, value) in offer["headers"].as_object().into_iter().flatten() {
            request = request.header(name, text(value));
        }
        let mut reader = progress.count(bytes);
        let request =
            request.header(header::CONTENT_LENGTH, bytes.len()).body(SendBody::from_reader(&mut reader));
        let sent = request.map_err(ureq::Error::from).and_then(|request| self.agent.run(request));
        match sent {
            Ok(answer) if answer.status().is_success() => Ok(Some(text(&offer["id"]).to_owned())),
            Ok(answer) => {
                let told = format!("the place for large files answered {}; try again", answer.status());
                Err(Failure::new(Exit::Unreachable, told))
            }
            Err(error) => Err(send::not_answered("the place for large files", &error)),
        }
    }
}

fn is_not_found(failure: &Failure) -> bool {
    failure.problem.as_ref().is_some_and(|problem| problem["code"] == "not_found")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
