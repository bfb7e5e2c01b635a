//! Faults between the client and the engine: what neither engine shows by itself.

use std::{
    fmt,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use aws_sdk_dynamodb::config::{SharedHttpClient, http::HttpRequest};
use aws_smithy_http_client::Builder;
use aws_smithy_runtime_api::{
    client::{
        http::{HttpClient, HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn},
        orchestrator::HttpResponse,
        result::ConnectorError,
    },
    http::StatusCode,
};
use aws_smithy_types::body::SdkBody;
use serde_json::{Value, json};
use tokio::sync::Notify;
use vibesheets_store_contract::support::SeededRandom;

/// How a request goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The engine has no capacity.
    Throttle,
    /// A transaction meets another on an item; a single request is throttled.
    Conflict,
    /// The engine fails before it did anything.
    ServerError,
    /// The request never arrives.
    TimeoutBefore,
    /// The engine carries the request out, and its answer never arrives.
    TimeoutAfter,
    /// As [`Self::TimeoutAfter`], by an engine that forgot the token when the request comes again, as after ten minutes.
    TimeoutAfterForgotten,
    /// The index shows nothing yet.
    StaleIndex,
    /// Each page holds one item.
    ShortPage,
    /// A batch leaves all but its first key unread.
    Unprocessed,
    /// A put arrives just before the next one, long after the client has given up on it.
    Late,
    /// Nothing is sent and nothing answered: the client dies here, see [`Faults::died`].
    Death,
}

impl Fault {
    pub const ALL: [Self; 9] = [
        Self::Throttle,
        Self::Conflict,
        Self::ServerError,
        Self::TimeoutBefore,
        Self::TimeoutAfter,
        Self::TimeoutAfterForgotten,
        Self::StaleIndex,
        Self::ShortPage,
        Self::Unprocessed,
    ];
}

/// Which requests go wrong.
enum Plan {
    Never,
    Always(Fault),
    At(usize, Fault),
    /// So many of a hundred.
    Sometimes(u64, SeededRandom),
}

/// The plan and the requests so far.
pub struct Faults {
    plan: Plan,
    requests: AtomicUsize,
    death: Notify,
    late: Mutex<Option<HttpRequest>>,
}

impl Faults {
    /// None: only counts.
    pub fn none() -> Arc<Self> {
        Self::new(Plan::Never)
    }

    /// Each request that it can happen to.
    pub fn always(fault: Fault) -> Arc<Self> {
        Self::new(Plan::Always(fault))
    }

    /// The request of this number, from 0.
    pub fn at(request: usize, fault: Fault) -> Arc<Self> {
        Self::new(Plan::At(request, fault))
    }

    /// Any fault, to so many of a hundred requests.
    pub fn sometimes(percent: u64, seed: u64) -> Arc<Self> {
        Self::new(Plan::Sometimes(percent, SeededRandom::new(seed)))
    }

    fn new(plan: Plan) -> Arc<Self> {
        Arc::new(Self { plan, requests: AtomicUsize::new(0), death: Notify::new(), late: Mutex::default() })
    }

    /// Counts from 0 again.
    pub fn begin(&self) {
        self.requests.store(0, Ordering::Relaxed);
    }

    /// How many requests there were.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }

    /// Waits until a request met [`Fault::Death`].
    pub async fn died(&self) {
        self.death.notified().await;
    }

    /// A client that has them.
    pub fn client(self: &Arc<Self>) -> SharedHttpClient {
        let (faults, http) = (Arc::clone(self), Builder::new().build_http());
        http_client_fn(move |settings, components| {
            let inner = http.http_connector(settings, components);
            SharedHttpConnector::new(Faulty { faults: Arc::clone(&faults), inner })
        })
    }

    /// What happens to the next request.
    fn next(&self) -> Option<Fault> {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        match &self.plan {
            Plan::Never => None,
            Plan::Always(fault) => Some(*fault),
            Plan::At(request, fault) if number == *request => Some(*fault),
            // Forgetting shows when the request comes again.
            Plan::At(request, Fault::TimeoutAfterForgotten) if number == request + 1 => {
                Some(Fault::TimeoutAfterForgotten)
            }
            Plan::At(..) => None,
            Plan::Sometimes(percent, random) => {
                let number = random.next_number() >> 16;
                (number % 100 < *percent).then(|| Fault::ALL[(number / 100) as usize % Fault::ALL.len()])
            }
        }
    }

    fn is_first_of(&self, request: usize) -> bool {
        matches!(&self.plan, Plan::At(at, _) if *at == request)
    }
}

struct Faulty {
    faults: Arc<Faults>,
    inner: SharedHttpConnector,
}

impl fmt::Debug for Faulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Faulty")
    }
}

impl HttpConnector for Faulty {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let fault = self.faults.next();
        let number = self.faults.requests() - 1;
        let target = request.headers().get("x-amz-target").unwrap_or_default().to_owned();
        let is_transaction = target.contains("Transact");
        let timeout = || ConnectorError::timeout("told to be lost".into());
        match fault {
            Some(Fault::Throttle) => return answered(refusal("ThrottlingException")),
            Some(Fault::Conflict) if is_transaction => {
                return answered(cancelled(&body_of(&request), "TransactionConflict"));
            }
            Some(Fault::Conflict) => return answered(refusal("ProvisionedThroughputExceededException")),
            Some(Fault::ServerError) => return answered(response(500, &failure("InternalServerError"))),
            Some(Fault::Death) => {
                self.faults.death.notify_one();
                return HttpConnectorFuture::new(std::future::pending());
            }
            Some(Fault::Late) if target.ends_with("PutItem") => {
                *self.faults.late.lock().expect("no panic") = Some(request);
                return HttpConnectorFuture::ready(Err(timeout()));
            }
            Some(Fault::TimeoutBefore) => return HttpConnectorFuture::ready(Err(timeout())),
            Some(Fault::StaleIndex) if body_of(&request).get("IndexName").is_some() => {
                return answered(response(200, &json!({ "Items": [], "Count": 0, "ScannedCount": 0 })));
            }
            Some(Fault::ShortPage) if target.ends_with("Query") || target.ends_with("Scan") => {
                rewrite(&mut request, |body| body["Limit"] = json!(1));
            }
            Some(Fault::Unprocessed) if target.ends_with("BatchGetItem") => {
                return unprocessed(&self.inner, request);
            }
            Some(Fault::TimeoutAfterForgotten) if target.ends_with("TransactWriteItems") => {
                rewrite(&mut request, |body| body["ClientRequestToken"] = json!(format!("other-{number}")));
            }
            _ => {}
        }
        let late = self.faults.late.lock().expect("no panic").take_if(|_| target.ends_with("PutItem"));
        if let Some(late) = late {
            let inner = self.inner.clone();
            return HttpConnectorFuture::new(async move {
                inner.call(late).await?;
                inner.call(request).await
            });
        }
        let call = self.inner.call(request);
        let loses = match fault {
            Some(Fault::TimeoutAfter) => true,
            Some(Fault::TimeoutAfterForgotten) => self.faults.is_first_of(number),
            _ => false,
        };
        if loses {
            return HttpConnectorFuture::new(async move {
                call.await?;
                Err(timeout())
            });
        }
        call
    }
}

/// Reads the first key of a batch and leaves the others.
fn unprocessed(inner: &SharedHttpConnector, mut request: HttpRequest) -> HttpConnectorFuture {
    let asked = body_of(&request)["RequestItems"].clone();
    let mut left = asked.clone();
    let tables = left.as_object_mut().expect("tables");
    for table in tables.values_mut() {
        table["Keys"].as_array_mut().expect("keys").remove(0);
    }
    let left = if tables.values().any(|table| table["Keys"] != json!([])) { left } else { json!({}) };
    rewrite(&mut request, |body| {
        for table in body["RequestItems"].as_object_mut().expect("tables").values_mut() {
            table["Keys"].as_array_mut().expect("keys").truncate(1);
        }
    });
    let call = inner.call(request);
    HttpConnectorFuture::new(async move {
        let answer = call.await?;
        let bytes = http_body(answer).await;
        let mut body: Value = serde_json::from_slice(&bytes).expect("JSON");
        body["UnprocessedKeys"] = left;
        Ok(response(200, &body))
    })
}

pub(super) async fn http_body(answer: HttpResponse) -> Vec<u8> {
    let stream = aws_smithy_types::byte_stream::ByteStream::new(answer.into_body());
    stream.collect().await.expect("a body").into_bytes().to_vec()
}

pub(super) fn body_of(request: &HttpRequest) -> Value {
    serde_json::from_slice(request.body().bytes().expect("a body in memory")).expect("JSON")
}

pub(super) fn rewrite(request: &mut HttpRequest, change: impl FnOnce(&mut Value)) {
    let mut body = body_of(request);
    change(&mut body);
    let bytes = serde_json::to_vec(&body).expect("JSON");
    request.headers_mut().insert("content-length", bytes.len().to_string());
    *request.body_mut() = SdkBody::from(bytes);
}

fn answered(response: HttpResponse) -> HttpConnectorFuture {
    HttpConnectorFuture::ready(Ok(response))
}

fn failure(code: &str) -> Value {
    json!({ "__type": format!("com.amazonaws.dynamodb.v20120810#{code}"), "message": "told to fail" })
}

fn refusal(code: &str) -> HttpResponse {
    response(400, &failure(code))
}

/// A transaction that is cancelled for its first action; all others are fine.
pub(super) fn cancelled(request: &Value, reason: &str) -> HttpResponse {
    let actions = request["TransactItems"].as_array().map_or(1, Vec::len);
    let reasons: Vec<Value> =
        (0..actions).map(|action| json!({ "Code": if action == 0 { reason } else { "None" } })).collect();
    let mut body = failure("TransactionCanceledException");
    body["CancellationReasons"] = json!(reasons);
    response(400, &body)
}

pub(super) fn response(status: u16, body: &Value) -> HttpResponse {
    let bytes = serde_json::to_vec(body).expect("JSON");
    let mut response =
        HttpResponse::new(StatusCode::try_from(status).expect("a status"), SdkBody::from(bytes));
    response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
    response
}
