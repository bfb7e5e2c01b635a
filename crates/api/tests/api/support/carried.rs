//! The same stories through AWS Lambda's events: with `VIBESHEETS_STORIES_THROUGH=http-api` or `rest-api` each request
//! becomes an event of API Gateway, and each answer comes back out of one.

#[path = "../../../../lambda/tests/lambda/support/api_gateway.rs"]
mod api_gateway;

use std::convert::Infallible;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, Response},
};
use tower::service_fn;
use vibesheets_api::{SecurityHeaders, TrustedProxies};
use vibesheets_lambda::Gateway;

use api_gateway::{ApiGateway, BASE_PATH};

/// The router, behind what the environment asks for.
pub fn carried(router: Router) -> Router {
    let through = std::env::vars().find(|(name, _)| name == "VIBESHEETS_STORIES_THROUGH");
    let kind = match through.as_ref().map(|(_, kind)| kind.as_str()) {
        None | Some("") => return router,
        Some("http-api") => ApiGateway::Http,
        Some("rest-api") => ApiGateway::Rest,
        Some(other) => panic!("VIBESHEETS_STORIES_THROUGH must be http-api or rest-api, not {other}"),
    };
    let carry = move |request| carry(kind, router.clone(), request);
    Router::new().fallback_service(service_fn(carry))
}

async fn carry(
    kind: ApiGateway,
    router: Router,
    request: Request<Body>,
) -> Result<Response<Body>, Infallible> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("the whole body");
    let event = kind.event(&parts, &body).to_string();
    let base_path = if kind == ApiGateway::Rest { BASE_PATH } else { "" };
    let gateway = Gateway {
        base_path: base_path.to_owned(),
        headers: SecurityHeaders::new(false),
        trusted_proxies: TrustedProxies::default(),
    };
    let answer = gateway.answer(&event, "", router).await.expect("an event of ours");
    Ok(kind.response(&serde_json::to_vec(&answer).expect("JSON")))
}
