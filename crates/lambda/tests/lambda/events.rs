//! Events become requests and answers become events, in every shape that API Gateway and function URLs have.

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderMap, Response, StatusCode},
};
use serde_json::{Value, json};
use vibesheets_api::{ClientAddress, SecurityHeaders, TrustedProxies};
use vibesheets_lambda::Gateway;

use crate::support::ApiGateway;

fn gateway(base_path: &str) -> Gateway {
    let trusted_proxies = TrustedProxies::default();
    Gateway { base_path: base_path.to_owned(), headers: SecurityHeaders::new(true), trusted_proxies }
}

/// Tells what it was asked.
fn mirror() -> Router {
    Router::new().fallback(async |request: Request| {
        let client = request.extensions().get::<ClientAddress>().map(|client| client.0.to_string());
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a body");
        let headers: Vec<(String, String)> = parts
            .headers
            .iter()
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let told = json!({
            "asked": format!("{} {}", parts.method, parts.uri),
            "headers": headers,
            "client": client,
            "body": body.to_vec(),
        });
        axum::Json(told)
    })
}

/// What the mirror was asked by an event.
async fn asked(base_path: &str, event: &Value) -> Value {
    let answer =
        gateway(base_path).answer(&event.to_string(), "invocation-1", mirror()).await.expect("an event");
    let answer = serde_json::to_value(answer).expect("JSON");
    assert_eq!(answer["isBase64Encoded"], false);
    serde_json::from_str(answer["body"].as_str().expect("text")).expect("JSON")
}

fn event_of(kind: ApiGateway, request: axum::http::request::Builder, body: &[u8]) -> Value {
    let (parts, ()) = request.body(()).expect("a request").into_parts();
    kind.event(&parts, body)
}

/// CloudFront before the gateway: the client is who CloudFront says it is.
#[tokio::test]
async fn the_client_behind_a_trusted_proxy_is_the_one_that_it_tells() {
    for (trusted, expected) in [("", "192.0.2.10"), ("192.0.2.0/24", "203.0.113.7")] {
        let trusted_proxies = trusted.parse().expect("networks");
        let gateway = Gateway { trusted_proxies, ..gateway("") };
        let mut event = json!({"version": "2.0", "rawPath": "/health", "rawQueryString": "",
            "headers": {"x-forwarded-for": "198.51.100.1, 203.0.113.7, 192.0.2.10"},
            "requestContext": {"stage": "$default", "http": {"method": "GET", "path": "/health",
                "sourceIp": "192.0.2.10"}}, "isBase64Encoded": false});
        event["requestContext"]["requestId"] = json!("1");
        let answer = gateway.answer(&event.to_string(), "", mirror()).await.expect("an event");
        let answer = serde_json::to_value(answer).expect("JSON");
        let told: Value = serde_json::from_str(answer["body"].as_str().expect("text")).expect("JSON");
        assert_eq!(told["client"], expected, "{trusted}");
    }
}

#[tokio::test]
async fn both_shapes_of_event_are_the_same_request() {
    for (kind, base_path) in [(ApiGateway::Http, ""), (ApiGateway::Rest, "/v1")] {
        let request = Request::builder()
            .method("PUT")
            .uri("/api/timesheets/1?tag=a%20b&tag=%C3%A9%26&limit=2")
            .header("cookie", "a=1; b=2")
            .header("if-match", "\"1\"");
        let told = asked(base_path, &event_of(kind, request, b"\x00\xff")).await;
        let query = if kind == ApiGateway::Http {
            "tag=a%20b&tag=%C3%A9%26&limit=2"
        } else {
            "limit=2&tag=a+b&tag=%C3%A9%26"
        };
        assert_eq!(told["asked"], format!("PUT /api/timesheets/1?{query}"));
        assert_eq!(told["client"], "192.0.2.7");
        assert_eq!(told["body"], json!([0, 255]));
        let headers = told["headers"].as_array().expect("headers");
        for header in [
            json!(["cookie", "a=1; b=2"]),
            json!(["if-match", "\"1\""]),
            json!(["x-request-id", "invocation-1"]),
        ] {
            assert!(headers.contains(&header), "{header} of {headers:?}");
        }
    }
}

#[tokio::test]
async fn repeated_headers_of_a_rest_event_all_arrive() {
    let request = Request::builder().uri("/").header("if-match", "\"1\"").header("if-match", "\"2\"");
    let told = asked("", &event_of(ApiGateway::Rest, request, b"")).await;
    let values: Vec<&Value> =
        told["headers"].as_array().expect("headers").iter().filter(|pair| pair[0] == "if-match").collect();
    assert_eq!(values, [&json!(["if-match", "\"1\""]), &json!(["if-match", "\"2\""])]);
}

#[tokio::test]
async fn what_the_gateway_leaves_before_the_path_is_taken_away_and_only_that() {
    let own = "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com";
    for (domain, stage, base_path, path, seen) in [
        (own, "live", "", "/live/api/me", "/api/me"),
        (own, "live", "", "/live", "/"),
        (own, "live", "", "/lively/me", "/lively/me"),
        (own, "$default", "", "/api/me", "/api/me"),
        ("time.example.com", "api", "", "/api/me", "/api/me"),
        ("time.example.com", "live", "/v1", "/v1/api/me", "/api/me"),
        ("time.example.com", "live", "/v1", "/v1", "/"),
        ("time.example.com", "live", "/v1", "/v10/me", "/v10/me"),
        ("abc.lambda-url.eu-central-1.on.aws", "$default", "", "/a b?c#é", "/a%20b%3Fc%23%C3%A9"),
        ("time.example.com", "$default", "", "", "/"),
    ] {
        let mut event = event_of(ApiGateway::Http, Request::builder().uri("/"), b"");
        event["rawPath"] = json!(path);
        event["requestContext"]["domainName"] = json!(domain);
        event["requestContext"]["stage"] = json!(stage);
        assert_eq!(asked(base_path, &event).await["asked"], format!("GET {seen}"), "{path}");
    }
}

async fn answered(
    kind: ApiGateway,
    base_path: &str,
    response: impl FnOnce() -> Response<Body> + Clone + Send + Sync + 'static,
) -> Value {
    let router = Router::new().fallback(async move || response());
    let event = event_of(kind, Request::builder().uri("/api/projects"), b"").to_string();
    let answer = gateway(base_path).answer(&event, "invocation-1", router).await.expect("an event");
    serde_json::to_value(answer).expect("JSON")
}

#[tokio::test]
async fn cookies_and_locations_go_back_as_each_kind_of_gateway_wants_them() {
    let made = || {
        Response::builder()
            .status(201)
            .header("location", "/api/projects/7")
            .header("set-cookie", "a=1")
            .header("set-cookie", "b=2")
            .header("vary", "accept")
            .header("vary", "origin")
            .body(Body::empty())
            .expect("a response")
    };
    let http = answered(ApiGateway::Http, "", made).await;
    assert_eq!(http["statusCode"], 201);
    assert_eq!(http["cookies"], json!(["a=1", "b=2"]));
    assert_eq!(http["headers"], json!({"location": "/live/api/projects/7", "vary": "accept, origin"}));
    let rest = answered(ApiGateway::Rest, "/v1", made).await;
    assert_eq!(
        rest["multiValueHeaders"],
        json!({"location": ["/prod/v1/api/projects/7"], "set-cookie": ["a=1", "b=2"], "vary": ["accept", "origin"]})
    );
    let elsewhere = || {
        Response::builder().status(303).header("location", "https://s3/x").body(Body::empty()).expect("one")
    };
    assert_eq!(answered(ApiGateway::Http, "", elsewhere).await["headers"]["location"], "https://s3/x");
}

#[tokio::test]
async fn text_goes_back_as_text_and_anything_else_as_base64() {
    let answer = |content_type: &'static str, body: &'static [u8]| {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", content_type.parse().expect("a value"));
        vibesheets_lambda::event::EventAnswer::new(
            vibesheets_lambda::event::Shape::HttpApi,
            StatusCode::OK,
            headers,
            Bytes::from_static(body).to_vec(),
        )
    };
    for (content_type, body, text, is_base64) in [
        ("text/csv; charset=utf-8", &b"a,\xc3\xa9"[..], "a,é", false),
        ("application/problem+json", b"{}", "{}", false),
        ("text/csv", b"\xff", "/w==", true),
        ("application/zip", b"PK", "UEs=", true),
    ] {
        let told = serde_json::to_value(answer(content_type, body)).expect("JSON");
        assert_eq!(
            (&told["body"], &told["isBase64Encoded"]),
            (&json!(text), &json!(is_base64)),
            "{content_type}"
        );
    }
}

#[tokio::test]
async fn an_answer_that_lambda_cannot_send_is_a_problem_that_says_what_to_do() {
    let large = |bytes: usize| {
        Response::builder()
            .header("content-type", "text/plain")
            .body(Body::from("\u{1}".repeat(bytes)))
            .expect("one")
    };
    let most = answered(ApiGateway::Rest, "", move || large(4_400_000)).await;
    assert_eq!(most["statusCode"], 200);
    assert!(most.to_string().len() < 6 * 1024 * 1024);
    let more = answered(ApiGateway::Rest, "", move || large(4_400_001)).await;
    assert_eq!(more["statusCode"], 413);
    let problem: Value = serde_json::from_str(more["body"].as_str().expect("text")).expect("JSON");
    assert_eq!(problem["code"], "too_large");
    assert_eq!(more["multiValueHeaders"]["x-content-type-options"], json!(["nosniff"]));
}

#[tokio::test]
async fn a_body_that_is_no_base64_is_told_so() {
    let mut event = event_of(ApiGateway::Http, Request::builder().method("POST").uri("/"), b"x");
    event["isBase64Encoded"] = json!(true);
    event["body"] = json!("%%%");
    let answer = gateway("").answer(&event.to_string(), "invocation-1", mirror()).await.expect("an answer");
    let answer = serde_json::to_value(answer).expect("JSON");
    assert_eq!(answer["statusCode"], 422);
    assert_eq!(answer["headers"]["x-request-id"], "invocation-1");
}

/// Every field replaced by everything that it should not be: an answer or a refusal, never a panic.
#[tokio::test]
async fn no_event_makes_it_panic() {
    let hostile = [
        json!(null),
        json!(7),
        json!(true),
        json!(""),
        json!("\u{0}\r\nx: y"),
        json!("%ZZ%"),
        json!("//evil.example/\\"),
        json!("é".repeat(70_000)),
        json!([]),
        json!([null, 1]),
        json!({}),
        json!({"\r\n": ["\u{7f}"], "": "x"}),
    ];
    let mut answers = 0;
    for kind in [ApiGateway::Http, ApiGateway::Rest] {
        let request =
            Request::builder().uri("/api/x?a=1").header("cookie", "a=1").header("content-type", "text/csv");
        let event = event_of(kind, request, b"body");
        for pointer in pointers(&event) {
            for value in &hostile {
                let mut changed = event.clone();
                *changed.pointer_mut(&pointer).expect("a field") = value.clone();
                answers +=
                    usize::from(gateway("/v1").answer(&changed.to_string(), "\u{0}", mirror()).await.is_ok());
            }
        }
    }
    assert!(answers > 300, "most are answered all the same: {answers}");
}

/// Every field, as JSON pointers.
fn pointers(value: &Value) -> Vec<String> {
    let mut found = vec![String::new()];
    for (key, inner) in value.as_object().into_iter().flatten() {
        let key = key.replace('~', "~0").replace('/', "~1");
        found.extend(pointers(inner).into_iter().map(|pointer| format!("/{key}{pointer}")));
    }
    found
}
