//! Signing in: a password becomes a session and its token.

use axum::http::{HeaderMap, header};
use jiff::SignedDuration;
use vibesheets_core::{
    Account, Email, Membership, OrganisationId, Session, SessionId,
    journal::Actor,
    store::{Scope, StoreError},
};

use super::TOKEN_SECONDS;
use crate::{
    ApiState,
    problem::{Code, Problem},
};

/// The most characters kept of how a client names itself.
const LONGEST_USER_AGENT: usize = 200;

/// What somebody signs in with.
#[derive(Debug)]
pub struct SignIn {
    /// Their address.
    pub email: Email,
    /// Their password, checked against the kept hash and not kept.
    pub password: String,
    /// Which of their organisations; the first they joined where absent.
    pub organisation: Option<OrganisationId>,
}

/// Checks the password and begins a session; gives its token.
///
/// # Errors
/// [`Code::WrongCredentials`] for an unknown address and for a wrong password alike; [`Code::Forbidden`] for a member
/// who was archived.
pub async fn sign_in(state: &ApiState, sign_in: SignIn, headers: &HeaderMap) -> Result<String, Problem> {
    let account = state.store.find_account_by_email(&sign_in.email).await?;
    let hash = account.as_ref().map(|account| account.password.clone());
    let is_right = state.passwords.verify(sign_in.password, hash).await?;
    let Some(account) = account.filter(|_| is_right) else {
        return Err(Problem::new(Code::WrongCredentials, "The e-mail address or the password is wrong."));
    };
    let membership = membership(state, &account, sign_in.organisation).await?;
    Ok(begin_session(state, &account, membership, headers).await?)
}

/// Begins a session for somebody who has proved who they are; gives its token.
///
/// # Errors
/// The store's error.
pub async fn begin_session(
    state: &ApiState,
    account: &Account,
    membership: Membership,
    headers: &HeaderMap,
) -> Result<String, StoreError> {
    let now = state.time.now();
    let session = Session {
        id: SessionId::generate(now, &*state.random),
        account: account.id,
        membership,
        created_at: now,
        expires_at: now + SignedDuration::from_secs(TOKEN_SECONDS),
        user_agent: user_agent(headers),
    };
    let id = session.id;
    state.store.put_session(session).await?;
    Ok(state.tokens.issue(account.id, (membership.organisation, membership.member), id, now))
}

/// Where they sign in: where they are not archived, in the organisation asked for or the first they joined.
async fn membership(
    state: &ApiState,
    account: &Account,
    organisation: Option<OrganisationId>,
) -> Result<Membership, Problem> {
    for membership in state.store.list_memberships(account.id).await? {
        if organisation.is_some_and(|wanted| wanted != membership.organisation) {
            continue;
        }
        let scope = Scope { organisation: membership.organisation, actor: Actor::Account(account.id) };
        let member = state.store.find_member(&scope, membership.member).await?;
        if member.is_some_and(|member| !member.archived) {
            return Ok(membership);
        }
    }
    let detail = "This sign-in is not, or no longer, a member there; ask an admin of the organisation.";
    Err(Problem::new(Code::Forbidden, detail))
}

fn user_agent(headers: &HeaderMap) -> String {
    let text = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.chars().take(LONGEST_USER_AGENT).collect()
}
