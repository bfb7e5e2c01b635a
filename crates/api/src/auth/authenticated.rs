//! Who asks, as handlers take it.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use vibesheets_core::actions::Caller;

use super::{SignedIn, same_site::require_our_page};
use crate::{ApiState, problem::Problem};

/// The member that asks.
#[derive(Debug)]
pub struct Authenticated(pub Caller);

/// The member that asks, with the session they ask in.
#[derive(Debug)]
pub struct InSession(pub Arc<SignedIn>);

impl FromRequestParts<ApiState> for Authenticated {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        signed_in(parts, state).await.map(|signed_in| Self(signed_in.caller.clone()))
    }
}

impl FromRequestParts<ApiState> for InSession {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        signed_in(parts, state).await.map(Self)
    }
}

async fn signed_in(parts: &Parts, state: &ApiState) -> Result<Arc<SignedIn>, Problem> {
    let token = token(parts, state)?;
    let now = state.time.now();
    let claims = state.tokens.verify(token, now).ok_or_else(Problem::not_signed_in)?;
    state.sessions.find(state.context(), &claims, now).await?.ok_or_else(Problem::not_signed_in)
}

/// A Bearer token where there is one: no page of another site can send that. Otherwise the cookie, if our page sent it.
fn token<'a>(parts: &'a Parts, state: &ApiState) -> Result<&'a str, Problem> {
    if let Some(authorization) = parts.headers.get(header::AUTHORIZATION) {
        let bearer = authorization.to_str().ok().and_then(|text| text.split_once(' '));
        return match bearer {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(token.trim()),
            _ => Err(Problem::not_signed_in()),
        };
    }
    let token = state.cookie.read(&parts.headers).ok_or_else(Problem::not_signed_in)?;
    require_our_page(&parts.method, &parts.headers, &state.settings.public_url)?;
    Ok(token)
}
