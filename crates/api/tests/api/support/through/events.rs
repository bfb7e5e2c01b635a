//! Through events, in this process.

use std::convert::Infallible;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, Response},
};
use tower::service_fn;
use vibesheets_api::{SecurityHeaders, TrustedProxies};
use vibesheets_lambda::Gateway;

use super::api_gateway::{ApiGateway, BASE_PATH};

/// The router, behind a gateway.
pub fn carried(kind: ApiGateway, router: Router) -> Router {
    let carry = move |request| carry(kind, router.clone(), request);
    Router::new().fallback_service(service_fn(carry))
}

async fn carry(
    kind: ApiGateway,
    router: Router,
    request: Request<Body>,
) -> Result<Response<Body>, Infallible> {
    let event = event(kind, request).await;
    let base_path = if kind == ApiGateway::Rest { BASE_PATH } else { "" };
    let gateway = Gateway {
        base_path: base_path.to_owned(),
        headers: SecurityHeaders::new(false),
        trusted_proxies: TrustedProxies::default(),
    };
    let answer = gateway.answer(&event, "", router).await.expect("an event of ours");
    Ok(kind.response(&serde_json::to_vec(&answer).expect("JSON")))
}

/// The event of a request.
pub async fn event(kind: ApiGateway, request: Request<Body>) -> String {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("the whole body");
    kind.event(&parts, &body).to_string()
}
