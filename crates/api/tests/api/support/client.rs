//! Somebody who asks.

use axum::{Router, http::header};
use serde_json::Value;
use tower::ServiceExt;
use vibesheets_api::ClientAddress;
use vibesheets_core::{AccountId, MemberId};

use super::{Answered, Ask, delete, get, patch, post, put};

/// Somebody who asks: a browser with a session's cookie, a program with a token, or nobody.
#[derive(Clone)]
pub struct Client {
    pub(super) router: Router,
    pub(super) address: Option<ClientAddress>,
    pub(super) token: Option<String>,
    pub(super) is_browser: bool,
    pub(super) member: Option<(AccountId, MemberId)>,
}

impl Client {
    /// The member that asks.
    #[track_caller]
    pub fn member_id(&self) -> MemberId {
        self.member.expect("a member").1
    }

    /// The account that asks.
    #[track_caller]
    pub fn account_id(&self) -> AccountId {
        self.member.expect("a member").0
    }

    /// The token, in the cookie or as Bearer.
    #[track_caller]
    pub fn token(&self) -> &str {
        self.token.as_deref().expect("a session")
    }

    /// The same session, used by a program.
    pub fn as_program(&self) -> Self {
        Self { is_browser: false, ..self.clone() }
    }

    /// Asks, with who it is.
    pub async fn ask(&self, ask: Ask) -> Answered {
        let mut request = ask.into_request();
        let headers = request.headers_mut();
        let mut default = |name: &'static str, value: &str| {
            if !headers.contains_key(name) {
                headers.insert(name, value.parse().expect("a header value"));
            }
        };
        if self.is_browser {
            default("sec-fetch-site", "same-origin");
        }
        match &self.token {
            Some(token) if self.is_browser => {
                default(header::COOKIE.as_str(), &format!("vibesheets={token}"))
            }
            Some(token) => default(header::AUTHORIZATION.as_str(), &format!("Bearer {token}")),
            None => {}
        }
        if let Some(address) = self.address {
            request.extensions_mut().insert(address);
        }
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        Answered::read(response).await
    }

    pub async fn get(&self, path: impl Into<String>) -> Answered {
        self.ask(get(path)).await
    }

    pub async fn post(&self, path: impl Into<String>, body: Value) -> Answered {
        self.ask(post(path).json(&body)).await
    }

    /// Without a body.
    pub async fn post_bare(&self, path: impl Into<String>) -> Answered {
        self.ask(post(path)).await
    }

    pub async fn put(&self, path: impl Into<String>, version: u64, body: Value) -> Answered {
        self.ask(put(path).if_match(version).json(&body)).await
    }

    pub async fn patch(&self, path: impl Into<String>, version: u64, body: Value) -> Answered {
        self.ask(patch(path).if_match(version).json(&body)).await
    }

    pub async fn delete(&self, path: impl Into<String>, version: u64) -> Answered {
        self.ask(delete(path).if_match(version)).await
    }
}
