//! What is asked of DynamoDB: a proxy before the engine.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::{Response, request::Parts},
};
use serde_json::Value;
use tokio::{net::TcpListener, task::spawn_blocking};

/// Tables, or indexes as `TABLE/index/INDEX`, each with what is done to it: `read`, `put`, `delete`.
pub type Rights = BTreeMap<String, BTreeSet<&'static str>>;

/// A proxy that notes what is done to which tables.
pub struct Recorder {
    pub endpoint: String,
    seen: Arc<Mutex<Rights>>,
}

impl Recorder {
    /// Before the engine at `engine`, for tables whose names begin with `prefix`.
    pub async fn start(engine: &str, prefix: &str) -> Self {
        let seen: Arc<Mutex<Rights>> = Arc::default();
        let (noted, engine, prefix) = (Arc::clone(&seen), engine.to_owned(), prefix.to_owned());
        let router = Router::new().fallback(async move |request: Request| {
            let (parts, body) = request.into_parts();
            let body = to_bytes(body, usize::MAX).await.expect("a body");
            let action = parts.headers["x-amz-target"].to_str().expect("text").rsplit('.').next();
            let asked: Value = serde_json::from_slice(&body).expect("JSON");
            for (table, right) in rights_of(action.unwrap_or_default(), &asked) {
                let table = table.strip_prefix(&prefix).expect("a table of this store").to_owned();
                noted.lock().expect("not poisoned").entry(table).or_default().insert(right);
            }
            spawn_blocking(move || forward(&engine, &parts, &body)).await.expect("no panic")
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { endpoint, seen }
    }

    /// What was noted since the last time.
    pub fn take(&self) -> Rights {
        std::mem::take(&mut self.seen.lock().expect("not poisoned"))
    }
}

fn rights_of(action: &str, asked: &Value) -> Vec<(String, &'static str)> {
    let name = |value: &Value| value["TableName"].as_str().expect("a table").to_owned();
    match action {
        "GetItem" => vec![(name(asked), "read")],
        "Query" => match asked["IndexName"].as_str() {
            Some(index) => vec![(format!("{}/index/{index}", name(asked)), "read")],
            None => vec![(name(asked), "read")],
        },
        "BatchGetItem" => {
            let tables = asked["RequestItems"].as_object().expect("tables").keys();
            tables.map(|table| (table.clone(), "read")).collect()
        }
        "PutItem" => vec![(name(asked), "put")],
        "DeleteItem" => vec![(name(asked), "delete")],
        "TransactGetItems" | "TransactWriteItems" => {
            let items = asked["TransactItems"].as_array().expect("items").iter();
            let actions = items.flat_map(|item| item.as_object().expect("one"));
            actions.map(|(action, item)| (name(item), part_of_a_transaction(action))).collect()
        }
        other => panic!("no function may {other}"),
    }
}

/// A transaction needs the right of each of its parts.
fn part_of_a_transaction(action: &str) -> &'static str {
    match action {
        "Get" => "read",
        "Put" => "put",
        "Delete" => "delete",
        other => panic!("no function may {other} in a transaction"),
    }
}

fn forward(engine: &str, parts: &Parts, body: &[u8]) -> Response<Body> {
    let mut request = ureq::post(engine).config().http_status_as_error(false).build();
    for (name, value) in &parts.headers {
        if !["host", "content-length", "transfer-encoding"].contains(&name.as_str()) {
            request = request.header(name, value);
        }
    }
    let mut answer = request.send(body).expect("the engine answers");
    let bytes = answer.body_mut().with_config().limit(64 << 20).read_to_vec().expect("a body");
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = answer.status();
    for name in ["content-type", "x-amz-crc32", "x-amzn-requestid"] {
        if let Some(value) = answer.headers().get(name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}
