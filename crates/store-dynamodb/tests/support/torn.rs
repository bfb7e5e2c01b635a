//! Transactions that are seen in parts. Until it acknowledges a transaction, DynamoDB may show some of its items as they are
//! after it and others as they were before; engines on a laptop show none of that.

use std::{
    collections::BTreeSet,
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
    orchestrator::HttpResponse,
    result::ConnectorError,
};
use serde_json::Value;
use vibesheets_store_contract::support::SeededRandom;

use super::{
    images::{Images, Place, gets_of, places_in, put_into, without_pages},
    messages::{body_of, cancelled, http_body, response, rewrite},
};

/// Requests to the engine that pass at most until another item of a transaction is seen.
const MOST_TURNS: u64 = 6;

/// What is not seen yet.
pub struct Torn {
    /// Of transactions on their way, or of the last one that was noted.
    before: Mutex<Images>,
    /// What was at all places of the last transaction.
    noted: Mutex<Images>,
    /// Places of transactions on their way.
    taken: Mutex<BTreeSet<Place>>,
    random: SeededRandom,
    /// Requests by readers of the last transaction.
    requests: AtomicUsize,
}

/// What a client does with it.
#[derive(Debug, Clone, Copy)]
enum Role {
    /// Its transactions are seen item by item, in any order, by itself and all others of this role.
    Shows,
    /// Its last transaction is noted.
    Notes,
    /// Of the last transaction that was noted, its first requests, so many, see the record alone.
    Sees(usize),
}

impl Torn {
    /// Nothing yet; `seed` says in which order items are seen.
    pub fn new(seed: u64) -> Arc<Self> {
        let (before, noted, taken) = (Mutex::default(), Mutex::default(), Mutex::default());
        let random = SeededRandom::new(seed);
        Arc::new(Self { before, noted, taken, random, requests: AtomicUsize::new(0) })
    }

    /// A client whose transactions are seen item by item, in any order.
    pub fn shows(self: &Arc<Self>) -> SharedHttpClient {
        self.client(Role::Shows)
    }

    /// A client whose last transaction others may see in parts.
    pub fn notes(self: &Arc<Self>) -> SharedHttpClient {
        self.client(Role::Notes)
    }

    /// A client whose first requests, so many from the next on, see the record alone of the last transaction that was noted.
    pub fn sees_the_record_alone(self: &Arc<Self>, requests: usize) -> SharedHttpClient {
        self.begin();
        self.client(Role::Sees(requests))
    }

    /// Counts requests of such clients from 0 again.
    pub fn begin(&self) {
        self.requests.store(0, Ordering::Relaxed);
    }

    /// Of the transaction that was noted, only what has these sort keys is not seen.
    pub fn keep(&self, is_unseen: impl Fn(&str) -> bool) {
        let noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        *self.before() = noted.clone();
        self.before().retain(|(_, _, sort), _| is_unseen(sort));
    }

    /// How many requests came from the client that saw the record alone.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }

    fn client(self: &Arc<Self>, role: Role) -> SharedHttpClient {
        let (torn, http) = (Arc::clone(self), Builder::new().build_http());
        http_client_fn(move |settings, components| {
            let inner = http.http_connector(settings, components);
            SharedHttpConnector::new(Client { torn: Arc::clone(&torn), role, inner })
        })
    }

    /// Half of the time any, else closed entries last, on which the most depends.
    fn in_some_order(&self, mut places: Vec<Place>) -> Vec<Place> {
        let entries_last = self.random.next_number().is_multiple_of(2);
        places.sort_by_cached_key(|(_, _, sort)| {
            (entries_last && sort.starts_with("ENTRY#"), self.random.next_number())
        });
        places
    }

    fn before(&self) -> MutexGuard<'_, Images> {
        self.before.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn taken(&self) -> MutexGuard<'_, BTreeSet<Place>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on the item is seen as it is, and may be written: each for itself.
    fn release(&self, place: &Place) {
        self.taken().remove(place);
        self.before().remove(place);
    }

    /// Whether a transaction on its way, or the one that was noted, names one of the places.
    fn names(&self, places: &[Place]) -> bool {
        let (taken, before) = (self.taken(), self.before());
        places.iter().any(|place| taken.contains(place) || before.contains_key(place))
    }
}

#[derive(Clone)]
struct Client {
    torn: Arc<Torn>,
    role: Role,
    inner: SharedHttpConnector,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.role)
    }
}

impl HttpConnector for Client {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let client = self.clone();
        HttpConnectorFuture::new(async move { client.answer(request).await })
    }
}

impl Client {
    async fn answer(self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let sees_parts = match self.role {
            Role::Shows => true,
            Role::Notes => false,
            Role::Sees(requests) => self.torn.requests.fetch_add(1, Ordering::Relaxed) < requests,
        };
        let target = request.headers().get("x-amz-target").unwrap_or_default().to_owned();
        match (target.rsplit('.').next().unwrap_or_default(), self.role) {
            ("TransactWriteItems", Role::Notes) => self.noted(request).await,
            ("TransactWriteItems", Role::Shows) => self.shown_in_parts(request).await,
            ("TransactWriteItems" | "TransactGetItems", _)
                if sees_parts && self.torn.names(&places_in(&body_of(&request))) =>
            {
                Ok(cancelled(&body_of(&request), "TransactionConflict"))
            }
            (operation, _) if sees_parts => self.read(operation, request).await,
            _ => self.inner.call(request).await,
        }
    }

    async fn read(&self, operation: &str, mut request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let asked = body_of(&request);
        if !asked["IndexName"].is_null() || !["GetItem", "BatchGetItem", "Query"].contains(&operation) {
            return self.inner.call(request).await;
        }
        if operation == "Query" {
            rewrite(&mut request, without_pages);
        }
        let answer = self.inner.call(request).await?;
        let status = answer.status().as_u16();
        let mut body: Value = serde_json::from_slice(&http_body(answer).await).expect("JSON");
        if status == 200 {
            put_into(&mut body, operation, &asked, &self.torn.before());
        }
        Ok(response(status, &body))
    }

    /// Carries a transaction out and notes what was there before, except in the record's place.
    async fn noted(&self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let before = self.images(&request).await?;
        let answer = self.inner.call(request).await?;
        if answer.status().is_success() {
            *self.torn.noted.lock().unwrap_or_else(PoisonError::into_inner) = before;
            self.torn.keep(|sort| !sort.starts_with("JOURNAL#"));
        }
        Ok(answer)
    }

    /// Carries a transaction out and acknowledges it once all its items are seen.
    async fn shown_in_parts(&self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let places = places_in(&body_of(&request));
        let Some(mut on_its_way) = OnItsWay::begin(&self.torn, &places) else {
            return Ok(cancelled(&body_of(&request), "TransactionConflict"));
        };
        let before = self.images(&request).await?;
        self.torn.before().extend(before);
        let probe = request.try_clone().expect("a body in memory");
        let answer = self.inner.call(request).await?;
        if answer.status().is_success() {
            for place in self.torn.in_some_order(places) {
                for _ in 0..self.torn.random.next_number() % MOST_TURNS {
                    self.images(&probe).await?;
                }
                on_its_way.release(&place);
            }
        }
        drop(on_its_way);
        Ok(answer)
    }

    /// What is at the places of a transaction.
    async fn images(&self, transaction: &HttpRequest) -> Result<Images, ConnectorError> {
        let places = places_in(&body_of(transaction));
        let mut read = transaction.try_clone().expect("a body in memory");
        read.headers_mut().insert("x-amz-target", "DynamoDB_20120810.TransactGetItems");
        rewrite(&mut read, |body| *body = gets_of(body));
        let answer = self.inner.call(read).await?;
        let body: Value = serde_json::from_slice(&http_body(answer).await).expect("JSON");
        let responses = body["Responses"].as_array().expect("a response for each place");
        let item = |response: &Value| {
            response["Item"].as_object().filter(|item| !item.is_empty()).cloned().map(Value::Object)
        };
        Ok(places.into_iter().zip(responses.iter().map(item)).collect())
    }
}

/// A transaction's places, which no other may name until it ends.
struct OnItsWay {
    torn: Arc<Torn>,
    places: Vec<Place>,
}

impl OnItsWay {
    /// `None` where another names one of the places.
    fn begin(torn: &Arc<Torn>, places: &[Place]) -> Option<Self> {
        let mut taken = torn.taken();
        if places.iter().any(|place| taken.contains(place)) {
            return None;
        }
        taken.extend(places.iter().cloned());
        Some(Self { torn: Arc::clone(torn), places: places.to_vec() })
    }
}

impl OnItsWay {
    fn release(&mut self, place: &Place) {
        self.places.retain(|other| other != place);
        self.torn.release(place);
    }
}

impl Drop for OnItsWay {
    fn drop(&mut self) {
        for place in &self.places {
            self.torn.release(place);
        }
    }
}
