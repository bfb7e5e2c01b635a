//! Answers by a script, for time that stands still: an engine cannot be waited for then.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use aws_sdk_dynamodb::config::{SharedHttpClient, http::HttpRequest};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use serde_json::Value;
use tokio::time::Instant;

use super::messages::{body_of, cancelled, refusal, response};

/// More than are asked in any deadline: without a wait in between, time that stands still never ends them.
const MOST_REQUESTS: usize = 10_000;

/// What comes of a request.
pub enum Told {
    /// This, with status 200.
    Answer(Value),
    /// The engine has no capacity.
    Throttled,
    /// A transaction's first condition does not hold.
    Refused,
    /// No answer, ever.
    Nothing,
}

/// A request, and when it came.
#[derive(Debug, Clone)]
pub struct Asked {
    pub at: Instant,
    pub operation: String,
    pub body: Value,
}

/// The script, and what was asked so far.
pub struct Script {
    tells: Box<dyn Fn(&Asked) -> Told + Send + Sync>,
    asked: Mutex<Vec<Asked>>,
}

impl Script {
    pub fn new(tells: impl Fn(&Asked) -> Told + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self { tells: Box::new(tells), asked: Mutex::default() })
    }

    /// What was asked since the last time.
    pub fn take(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// How long passed between the requests since the last time.
    pub fn take_waits(&self) -> Vec<Duration> {
        self.take().windows(2).map(|pair| pair[1].at - pair[0].at).collect()
    }

    /// A client that is answered so.
    pub fn client(self: &Arc<Self>) -> SharedHttpClient {
        let script = Arc::clone(self);
        http_client_fn(move |_, _| SharedHttpConnector::new(Scripted(Arc::clone(&script))))
    }
}

struct Scripted(Arc<Script>);

impl fmt::Debug for Scripted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scripted")
    }
}

impl HttpConnector for Scripted {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        let asked = Asked { at: Instant::now(), operation, body: body_of(&request) };
        let answer = match (self.0.tells)(&asked) {
            Told::Answer(body) => Some(response(200, &body)),
            Told::Throttled => Some(refusal("ThrottlingException")),
            Told::Refused => Some(cancelled(&asked.body, "ConditionalCheckFailed")),
            Told::Nothing => None,
        };
        let mut all = self.0.asked.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(all.len() < MOST_REQUESTS, "it goes on asking for ever");
        all.push(asked);
        match answer {
            Some(answer) => HttpConnectorFuture::ready(Ok(answer)),
            None => HttpConnectorFuture::new(std::future::pending()),
        }
    }
}
