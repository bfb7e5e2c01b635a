//! Limits on guessing at passwords: whose guesses are counted together.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use vibesheets_core::{AccountId, Email, actions::accounts::count_attempt, store::AttemptSubject};

use crate::{ApiState, ClientAddress, problem::Problem};

/// Who may be guessing, as far as the request tells.
#[derive(Debug)]
pub struct Guesser {
    address: AttemptSubject,
    headers: HeaderMap,
}

impl FromRequestParts<ApiState> for Guesser {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &ApiState) -> Result<Self, Infallible> {
        // An edge that does not tell the address has all its clients counted as one: too strict shows, too lax does not.
        let network = parts.extensions.get::<ClientAddress>().map(|address| address.network());
        let address = AttemptSubject::of("address", network.as_deref().unwrap_or("unknown"));
        Ok(Self { address, headers: parts.headers.clone() })
    }
}

impl Guesser {
    /// Their address, as it is counted.
    pub const fn address(&self) -> AttemptSubject {
        self.address
    }

    /// Signing in as `email`, whether somebody has that address or not.
    pub fn signing_in(&self, state: &ApiState, email: &Email) -> [AttemptSubject; 2] {
        let known = state.known_browsers.read(&self.headers, email, state.time.now());
        let account = known.map_or_else(
            || AttemptSubject::of("account", email),
            |browser| AttemptSubject::of("browser", browser),
        );
        [self.address, account]
    }

    /// Proving a session's own password: not counted with the guesses of those who have no session, who would otherwise
    /// keep its owner from changing it.
    pub fn in_session(&self, account: AccountId) -> [AttemptSubject; 2] {
        [self.address, AttemptSubject::of("session's account", &account.to_string())]
    }
}

/// Lets `proof` look at a password where that may still be guessed at, and counts it unless it is right: `Some`. Where
/// the proof could not be made nothing was learnt, and nothing is counted.
///
/// # Errors
/// [`crate::problem::Code::TooManyAttempts`], those of `proof`, and the store's.
pub async fn limited<T>(
    state: &ApiState,
    subjects: &[AttemptSubject],
    proof: impl Future<Output = Result<Option<T>, Problem>>,
) -> Result<Option<T>, Problem> {
    if !state.settings.environment.has_limits() {
        return proof.await;
    }
    let attempt = count_attempt(state.context(), subjects).await?;
    let proven = proof.await;
    if !matches!(proven, Ok(None))
        && let Err(error) = attempt.give_back(state.context()).await
    {
        tracing::warn!(%error, "an attempt that was no wrong guess stays counted");
    }
    proven
}
