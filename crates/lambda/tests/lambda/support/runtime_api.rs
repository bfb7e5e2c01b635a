//! The Lambda Runtime API (2018-06-01), as its documentation has it.

use std::{
    collections::HashMap,
    net::{self, SocketAddr},
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::to_bytes,
    extract::{Path, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::Value;
use tokio::{
    net::TcpListener,
    runtime::Handle,
    sync::{Mutex as AsyncMutex, mpsc, oneshot, watch},
    task::AbortHandle,
    time::Instant,
};

/// The most bytes that Lambda takes or gives in one invocation, and what it allows for on top.
const MOST_PAYLOAD_BYTES: usize = 6 * 1024 * 1024 + 100;

/// How an invocation ended.
#[derive(Debug)]
pub enum Outcome {
    /// Answered.
    Answered(Vec<u8>),
    /// Failed, and with what words.
    Failed(Value),
}

/// The Runtime API of one function; ends when the last of it is dropped.
#[derive(Clone)]
pub struct RuntimeApi {
    pub address: SocketAddr,
    shared: Arc<Shared>,
    _serving: Arc<Serving>,
}

struct Serving(AbortHandle);

impl Drop for Serving {
    fn drop(&mut self) {
        self.0.abort();
    }
}

struct Shared {
    invoked: mpsc::UnboundedSender<(String, String)>,
    waiting: AsyncMutex<mpsc::UnboundedReceiver<(String, String)>>,
    outcomes: Mutex<HashMap<String, oneshot::Sender<Outcome>>>,
    first_poll: watch::Sender<Option<Instant>>,
    init_error: watch::Sender<Option<Value>>,
}

impl RuntimeApi {
    /// On a free port, in `runtime`.
    pub fn start(runtime: &Handle) -> Self {
        let (invoked, waiting) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared {
            invoked,
            waiting: AsyncMutex::new(waiting),
            outcomes: Mutex::default(),
            first_poll: watch::channel(None).0,
            init_error: watch::channel(None).0,
        });
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(answered))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(failed))
            .route("/2018-06-01/runtime/init/error", post(init_failed))
            .with_state(Arc::clone(&shared));
        let listener = net::TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("a socket");
        let address = listener.local_addr().expect("an address");
        let serving = runtime.spawn(async move {
            axum::serve(TcpListener::from_std(listener).expect("a socket"), router).await
        });
        Self { address, shared, _serving: Arc::new(Serving(serving.abort_handle())) }
    }

    /// Invokes the function, and waits for how that ends.
    pub async fn invoke(&self, id: &str, event: &str) -> Outcome {
        let (ended, outcome) = oneshot::channel();
        self.shared.outcomes.lock().expect("not poisoned").insert(id.to_owned(), ended);
        self.shared.invoked.send((id.to_owned(), event.to_owned())).expect("it listens");
        outcome.await.expect("an outcome")
    }

    /// When the function first polled; waits for that.
    pub async fn first_poll(&self) -> Instant {
        let mut told = self.shared.first_poll.subscribe();
        told.wait_for(Option::is_some).await.expect("it listens").expect("a time")
    }

    /// What the function said instead of polling; waits for that.
    pub async fn init_error(&self) -> Value {
        let mut told = self.shared.init_error.subscribe();
        told.wait_for(Option::is_some).await.expect("it listens").clone().expect("words")
    }
}

impl Shared {
    fn end(&self, id: &str, outcome: Outcome) -> StatusCode {
        match self.outcomes.lock().expect("not poisoned").remove(id) {
            Some(ended) => ended.send(outcome).map_or(StatusCode::GONE, |()| StatusCode::ACCEPTED),
            None => StatusCode::BAD_REQUEST,
        }
    }
}

async fn next(State(shared): State<Arc<Shared>>) -> Response {
    shared.first_poll.send_if_modified(|first| first.is_none() && first.replace(Instant::now()).is_none());
    let event = shared.waiting.lock().await.recv().await;
    let Some((id, event)) = event else { return StatusCode::GONE.into_response() };
    let arn = "arn:aws:lambda:eu-central-1:123456789012:function:test";
    let headers = [
        ("lambda-runtime-aws-request-id", id.as_str()),
        ("lambda-runtime-deadline-ms", "4102444800000"),
        ("lambda-runtime-invoked-function-arn", arn),
    ];
    (headers, event).into_response()
}

async fn answered(State(shared): State<Arc<Shared>>, Path(id): Path<String>, request: Request) -> StatusCode {
    match to_bytes(request.into_body(), MOST_PAYLOAD_BYTES).await {
        Ok(bytes) => shared.end(&id, Outcome::Answered(bytes.to_vec())),
        Err(_) => {
            let words = "Exceeded maximum allowed payload size (6291556 bytes).";
            shared.end(&id, Outcome::Failed(Value::from(words)));
            StatusCode::PAYLOAD_TOO_LARGE
        }
    }
}

async fn failed(State(shared): State<Arc<Shared>>, Path(id): Path<String>, request: Request) -> StatusCode {
    shared.end(&id, Outcome::Failed(json(request).await))
}

async fn init_failed(State(shared): State<Arc<Shared>>, request: Request) -> StatusCode {
    shared.init_error.send_replace(Some(json(request).await));
    StatusCode::ACCEPTED
}

async fn json(request: Request) -> Value {
    let bytes = to_bytes(request.into_body(), MOST_PAYLOAD_BYTES).await.expect("a body");
    serde_json::from_slice(&bytes).expect("JSON")
}
