//! What goes to the engine and comes from it, read and made up.

use aws_sdk_dynamodb::config::http::HttpRequest;
use aws_smithy_runtime_api::{
    client::{http::HttpConnectorFuture, orchestrator::HttpResponse},
    http::StatusCode,
};
use aws_smithy_types::body::SdkBody;
use serde_json::{Value, json};

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

pub(super) fn answered(response: HttpResponse) -> HttpConnectorFuture {
    HttpConnectorFuture::ready(Ok(response))
}

pub(super) fn failure(code: &str) -> Value {
    json!({ "__type": format!("com.amazonaws.dynamodb.v20120810#{code}"), "message": "told to fail" })
}

pub(super) fn refusal(code: &str) -> HttpResponse {
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
