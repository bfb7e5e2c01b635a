//! Faults between the client and the engine: what neither engine shows by itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use aws_sdk_dynamodb::config::{SharedHttpClient, http::HttpRequest};
use aws_smithy_http_client::Builder;
use aws_smithy_runtime_api::client::{
    http::{HttpClient, HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn},
    result::ConnectorError,
};
use serde_json::{Value, json};
use tokio::sync::Notify;
use vibesheets_store_contract::support::SeededRandom;

use super::messages::{answered, body_of, cancelled, failure, http_body, refusal, response, rewrite};

/// How a request goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    /// As [`Self::TimeoutAfter`], by an engine that has forgotten the token when the request comes again, as after ten minutes.
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
    seen: Mutex<Seen>,
}

/// What went wrong so far, and what is still to come of it.
#[derive(Default)]
struct Seen {
    fired: BTreeMap<Fault, usize>,
    /// Tokens of transactions whose answers were lost and which have not come again, by whether the engine has forgotten them.
    lost: BTreeMap<String, bool>,
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
        Arc::new(Self {
            plan,
            requests: AtomicUsize::new(0),
            death: Notify::new(),
            late: Mutex::default(),
            seen: Mutex::default(),
        })
    }

    /// Counts from 0 again.
    pub fn begin(&self) {
        self.requests.store(0, Ordering::Relaxed);
    }

    /// How many requests there were.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }

    /// How many requests each fault happened to.
    pub fn fired(&self) -> BTreeMap<Fault, usize> {
        self.seen().fired.clone()
    }

    /// Tokens of transactions whose answers were lost and which never came again.
    pub fn given_up(&self) -> BTreeSet<String> {
        self.seen().lost.keys().cloned().collect()
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// What happens to the next request, if it can.
    fn next(&self, target: &str) -> Option<Fault> {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        match &self.plan {
            Plan::Never => None,
            Plan::Always(fault) => Some(*fault),
            Plan::At(request, fault) => (number == *request).then_some(*fault),
            Plan::Sometimes(percent, random) => {
                let number = random.next_number() >> 16;
                let fault = Fault::ALL[(number / 100) as usize % Fault::ALL.len()];
                // Batches are few.
                let is_left_unread = target.ends_with("BatchGetItem") && (number >> 20).is_multiple_of(2);
                (number % 100 < *percent).then_some(if is_left_unread { Fault::Unprocessed } else { fault })
            }
        }
    }

    /// A transaction that comes again: under another token, where the engine has forgotten its own.
    fn comes_again(&self, token: Option<&str>, request: &mut HttpRequest) {
        let is_forgotten = token.and_then(|token| self.seen().lost.remove(token)) == Some(true);
        if is_forgotten {
            let other = format!("other-{}", self.requests());
            rewrite(request, |body| body["ClientRequestToken"] = json!(other));
        }
    }

    /// The answer to the transaction of this token, if it is one, is lost.
    fn lose(&self, token: Option<String>, forgets: bool) {
        if let Some(token) = token {
            self.seen().lost.insert(token, forgets);
        }
    }
}

fn token_of(request: &HttpRequest) -> Option<String> {
    body_of(request)["ClientRequestToken"].as_str().map(str::to_owned)
}

/// Whether a fault can happen to a request.
fn happens_to(fault: Fault, target: &str, request: &HttpRequest) -> bool {
    let is = |operation: &str| target.ends_with(operation);
    match fault {
        Fault::StaleIndex => body_of(request).get("IndexName").is_some(),
        Fault::ShortPage => is("Query") || is("Scan"),
        Fault::Unprocessed => is("BatchGetItem"),
        Fault::Late => is("PutItem"),
        _ => true,
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
        let target = request.headers().get("x-amz-target").unwrap_or_default().to_owned();
        let fault = self.faults.next(&target).filter(|fault| happens_to(*fault, &target, &request));
        if let Some(fault) = fault {
            *self.faults.seen().fired.entry(fault).or_default() += 1;
        }
        let token = token_of(&request);
        self.faults.comes_again(token.as_deref(), &mut request);
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
            Some(Fault::Late) => {
                *self.faults.late.lock().expect("no panic") = Some(request);
                return HttpConnectorFuture::ready(Err(timeout()));
            }
            Some(Fault::TimeoutBefore) => return HttpConnectorFuture::ready(Err(timeout())),
            Some(Fault::StaleIndex) => {
                return answered(response(200, &json!({ "Items": [], "Count": 0, "ScannedCount": 0 })));
            }
            Some(Fault::ShortPage) => rewrite(&mut request, |body| body["Limit"] = json!(1)),
            Some(Fault::Unprocessed) => return unprocessed(&self.inner, request),
            Some(Fault::TimeoutAfter | Fault::TimeoutAfterForgotten) => {
                self.faults.lose(token, fault == Some(Fault::TimeoutAfterForgotten));
                let call = self.inner.call(request);
                return HttpConnectorFuture::new(async move {
                    call.await?;
                    Err(timeout())
                });
            }
            None => {}
        }
        let late = self.faults.late.lock().expect("no panic").take_if(|_| target.ends_with("PutItem"));
        if let Some(late) = late {
            let inner = self.inner.clone();
            return HttpConnectorFuture::new(async move {
                inner.call(late).await?;
                inner.call(request).await
            });
        }
        self.inner.call(request)
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
