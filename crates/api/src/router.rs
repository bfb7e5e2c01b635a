//! All functions as one router.

use std::sync::Arc;

use axum::{
    Router,
    extract::Request,
    http::{Method, StatusCode},
    response::{IntoResponse, Response},
};

use crate::{
    ApiState,
    edge::{Edge, EdgeLayer},
    functions,
    functions::Function,
    problem::{Code, Problem},
};

/// Where the API is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mount {
    /// Under `/api`, with `/health` at the root too: beside the web app.
    Api,
    /// At the root: a host of its own.
    Root,
}

/// The whole API. Whatever it does not know is a problem; a caller who serves more replaces the fallback.
pub fn router(state: ApiState, mount: Mount) -> Router {
    router_of(functions(), state, mount)
}

/// Some functions of the API, as one Lambda function serves them.
pub fn router_of(functions: Vec<Function>, state: ApiState, mount: Mount) -> Router {
    let mut endpoints = Router::new();
    let mut unlimited = Vec::new();
    let mut health = None;
    for function in functions {
        if function.watches_own_progress {
            unlimited.extend(function.router.get_openapi().paths.paths.keys().cloned());
        }
        let (router, _) = function.router.split_for_parts();
        if function.name == "health" {
            health = Some(router.clone());
        }
        endpoints = endpoints.merge(router);
    }
    let endpoints = endpoints.method_not_allowed_fallback(method_not_allowed).fallback(not_found);
    let mounted = match mount {
        Mount::Root => endpoints,
        Mount::Api => {
            let at_root = health.unwrap_or_default().method_not_allowed_fallback(method_not_allowed);
            at_root.nest("/api", endpoints).fallback(not_found)
        }
    };
    let edge = Edge::new(state.settings.public_url.is_https(), &*state.random, unlimited);
    mounted.layer(EdgeLayer(Arc::new(edge))).with_state(state)
}

async fn not_found() -> Problem {
    Problem::new(Code::NotFound, "There is nothing at this path; /api/openapi.json lists what there is.")
}

/// The router adds `Allow`, which is all that `OPTIONS` asks for: no other site may call this API.
async fn method_not_allowed(request: Request) -> Response {
    if request.method() == Method::OPTIONS {
        return StatusCode::NO_CONTENT.into_response();
    }
    let detail = format!("This path does not take {}; `Allow` lists what it takes.", request.method());
    Problem::new(Code::MethodNotAllowed, detail).into_response()
}
