//! What API Gateway does with a request and an answer, as its documentation has it: the events of HTTP APIs
//! (version 2.0, with a stage before the path) and of REST APIs (version 1.0, with a stage and a mapped base path). The
//! API's stories are told through it too.

use std::collections::BTreeMap;

use axum::{
    body::Body,
    http::{HeaderMap, Response, header, request::Parts},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use vibesheets_api::ClientAddress;

/// The most bytes that Lambda takes or gives in one invocation.
const MOST_PAYLOAD_BYTES: usize = 6 * 1024 * 1024;
/// What the REST API's domain maps to this API.
pub const BASE_PATH: &str = "/v1";

/// The kind of API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApiGateway {
    Http,
    Rest,
}

impl ApiGateway {
    /// What stands before the router's paths in the address that clients use.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Http => "/live",
            Self::Rest => "/prod/v1",
        }
    }

    /// The event of a request to a path of the router.
    pub fn event(self, request: &Parts, body: &[u8]) -> Value {
        let mut event = match self {
            Self::Http => http_event(request),
            Self::Rest => rest_event(request),
        };
        if !body.is_empty() {
            let text =
                std::str::from_utf8(body).ok().filter(|_| self == Self::Http && is_text(&request.headers));
            event["isBase64Encoded"] = json!(text.is_none());
            event["body"] = json!(text.map_or_else(|| STANDARD.encode(body), str::to_owned));
        }
        event
    }

    /// The response that an answer is to the client; a path in `Location` is told as the router knows it.
    pub fn response(self, answer: &[u8]) -> Response<Body> {
        if answer.len() > MOST_PAYLOAD_BYTES {
            return status(413, "Lambda answers at most 6 MB");
        }
        let Ok(answer) = serde_json::from_slice::<Value>(answer) else { return status(502, "no JSON") };
        let code = answer["statusCode"].as_u64().and_then(|code| u16::try_from(code).ok());
        let text = answer["body"].as_str().unwrap_or_default();
        let body = match answer["isBase64Encoded"].as_bool() {
            Some(true) => STANDARD.decode(text).expect("base64"),
            _ => text.as_bytes().to_vec(),
        };
        let mut response = Response::builder().status(code.expect("a status"));
        for (name, value) in self.headers(&answer) {
            let value = match name.as_str() {
                "location" if value.starts_with('/') => {
                    let inside = value.strip_prefix(self.prefix());
                    inside.unwrap_or_else(|| panic!("{value} is not at {}", self.prefix())).to_owned()
                }
                _ => value,
            };
            response = response.header(name, value);
        }
        response.header(header::CONTENT_LENGTH, body.len()).body(Body::from(body)).expect("a response")
    }

    fn headers(self, answer: &Value) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let pairs = |field: &str| answer[field].as_object().cloned().unwrap_or_default();
        match self {
            Self::Http => {
                assert_eq!(answer.get("multiValueHeaders"), None, "an HTTP API knows none");
                let cookies =
                    list(&answer["cookies"]).into_iter().map(|value| ("set-cookie".to_owned(), text(&value)));
                pairs("headers")
                    .iter()
                    .map(|(name, value)| (name.clone(), text(value)))
                    .chain(cookies)
                    .collect()
            }
            Self::Rest => {
                assert_eq!(answer.get("cookies"), None, "a REST API knows none");
                let lists = pairs("multiValueHeaders");
                let all = lists.iter().flat_map(|(name, values)| {
                    list(values).into_iter().map(|value| (name.clone(), text(&value))).collect::<Vec<_>>()
                });
                all.collect()
            }
        }
    }
}

fn status(code: u16, words: &'static str) -> Response<Body> {
    Response::builder().status(code).body(Body::from(words)).expect("a response")
}

fn http_event(request: &Parts) -> Value {
    let mut headers: BTreeMap<String, String> = BTreeMap::new();
    let mut cookies = Vec::new();
    for (name, value) in &request.headers {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        if name == header::COOKIE {
            cookies.extend(value.split("; ").map(str::to_owned));
            continue;
        }
        let all = headers.entry(name.to_string()).or_default();
        *all = if all.is_empty() { value } else { format!("{all},{value}") };
    }
    let path = format!("/live{}", request.uri.path());
    let mut event = json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": request.uri.query().unwrap_or_default(),
        "headers": headers,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "a1b2c3d4e5",
            "domainName": "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com",
            "domainPrefix": "a1b2c3d4e5",
            "http": {
                "method": request.method.as_str(),
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": source_ip(request),
                "userAgent": "test",
            },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": "$default",
            "stage": "live",
            "time": "02/Mar/2026:08:00:00 +0000",
            "timeEpoch": 1_772_438_400_000_u64,
        },
        "isBase64Encoded": false,
    });
    if !cookies.is_empty() {
        event["cookies"] = json!(cookies);
    }
    event
}

fn rest_event(request: &Parts) -> Value {
    let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in &request.headers {
        lists
            .entry(name.to_string())
            .or_default()
            .push(String::from_utf8_lossy(value.as_bytes()).into_owned());
    }
    let mut parameters: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(request.uri.query().unwrap_or_default().as_bytes()) {
        parameters.entry(name.into_owned()).or_default().push(value.into_owned());
    }
    let last = |lists: &BTreeMap<String, Vec<String>>| -> BTreeMap<String, String> {
        lists.iter().filter_map(|(name, values)| Some((name.clone(), values.last()?.clone()))).collect()
    };
    let or_null = |value: Value, is_empty: bool| if is_empty { Value::Null } else { value };
    let path = format!("{BASE_PATH}{}", request.uri.path());
    json!({
        "resource": "/{proxy+}",
        "path": path,
        "httpMethod": request.method.as_str(),
        "headers": last(&lists),
        "multiValueHeaders": lists,
        "queryStringParameters": or_null(json!(last(&parameters)), parameters.is_empty()),
        "multiValueQueryStringParameters": or_null(json!(parameters), parameters.is_empty()),
        "pathParameters": {"proxy": path.trim_start_matches('/')},
        "stageVariables": null,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "f6g7h8i9j0",
            "httpMethod": request.method.as_str(),
            "identity": {"sourceIp": source_ip(request), "userAgent": null, "user": null},
            "path": format!("/prod{path}"),
            "protocol": "HTTP/1.1",
            "requestId": "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
            "resourcePath": "/{proxy+}",
            "stage": "prod",
        },
        "body": null,
        "isBase64Encoded": false,
    })
}

/// Where a request comes from, if it is known.
fn source_ip(request: &Parts) -> String {
    request.extensions.get().map_or("192.0.2.7".to_owned(), |ClientAddress(address)| address.to_string())
}

/// What an HTTP API hands on as text.
fn is_text(headers: &HeaderMap) -> bool {
    let content_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    content_type.starts_with("text/") || content_type.starts_with("application/json")
}
