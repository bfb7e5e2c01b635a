//! Signing in: a password becomes a session and its token.

use axum::http::{HeaderMap, header};
use vibesheets_core::{Account, Email, Membership, OrganisationId, Session, actions::accounts};

use super::{Guesser, limited};
use crate::{
    ApiState,
    problem::{Code, Problem},
};

/// What somebody signs in with.
#[derive(Debug)]
pub struct Credentials {
    /// Their address.
    pub email: Email,
    /// Their password, compared and not kept.
    pub password: String,
}

/// Checks the password and begins a session.
///
/// # Errors
/// [`Code::WrongCredentials`] alike for an unknown address, a wrong password, and a member who is none there or was
/// archived; [`Code::TooManyAttempts`] alike for all of them once there were too many.
pub async fn sign_in(
    state: &ApiState,
    guesser: &Guesser,
    credentials: Credentials,
    organisation: Option<OrganisationId>,
    headers: &HeaderMap,
) -> Result<Session, Problem> {
    let subjects = guesser.signing_in(state, &credentials.email);
    let place = async {
        let Some(account) = prove(state, guesser, credentials).await? else { return Ok(None) };
        let membership = accounts::find_membership(state.context(), account.id, organisation).await?;
        Ok(membership.map(|membership| (account, membership)))
    };
    let (account, membership) = limited(state, &subjects, place).await?.ok_or_else(wrong)?;
    begin_session(state, &account, membership, headers).await
}

/// The account that the password is right for. An unknown address takes as long as a wrong password.
///
/// # Errors
/// [`Code::Unavailable`] where too many wait for their passwords to be checked; the store's error, or an internal one.
pub async fn prove(
    state: &ApiState,
    guesser: &Guesser,
    credentials: Credentials,
) -> Result<Option<Account>, Problem> {
    let account = state.store.find_account_by_email(&credentials.email).await?;
    let hash = account.as_ref().map(|account| account.password.clone());
    let is_right = state.passwords.verify(guesser.address(), credentials.password, hash).await?;
    Ok(account.filter(|_| is_right))
}

/// Begins a session of `proven`, the account whose password was proven just now.
///
/// # Errors
/// [`Code::WrongCredentials`] where the password has been changed since; the store's error.
pub async fn begin_session(
    state: &ApiState,
    proven: &Account,
    membership: Membership,
    headers: &HeaderMap,
) -> Result<Session, Problem> {
    let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let user_agent = user_agent.unwrap_or_default();
    let session = accounts::begin_session(state.context(), proven, membership, user_agent).await?;
    session.ok_or_else(wrong)
}

fn wrong() -> Problem {
    Problem::new(Code::WrongCredentials, "The e-mail address or the password is wrong.")
}
