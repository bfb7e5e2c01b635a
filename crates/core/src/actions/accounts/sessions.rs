//! Sessions: one for each sign-in of a browser or an API client. They are not in the journal.

use jiff::SignedDuration;

use crate::{
    Account, AccountId, Membership, Session, SessionId,
    actions::{ActionError, Context, Refusal},
    time::Instant,
};

/// How long a session lasts, in seconds: an hour.
pub const SESSION_SECONDS: i64 = 3600;
/// How much is kept of what a client calls itself, in characters.
const LONGEST_USER_AGENT: usize = 200;

/// The most sessions that an account has at once: each further one ends the oldest.
pub const MOST_SESSIONS: usize = 50;

/// Begins a session of `proven`, the account whose password was proven just now. It begins and ends on whole seconds, as
/// tokens tell time. `None` where the account has changed since the proof: whoever changes a password ends the sessions
/// that there are after the change, so one that began before is ended by them and a later one here.
///
/// # Errors
/// The store's error.
pub async fn begin_session(
    context: Context<'_>,
    proven: &Account,
    membership: Membership,
    user_agent: &str,
) -> Result<Option<Session>, ActionError> {
    let now = context.time.now();
    let created_at = Instant::from_timestamp(now).map_or(now, Instant::timestamp);
    let session = Session {
        id: SessionId::generate(now, context.random),
        account: proven.id,
        membership,
        created_at,
        expires_at: created_at + SignedDuration::from_secs(SESSION_SECONDS),
        user_agent: user_agent.chars().filter(|c| !c.is_control()).take(LONGEST_USER_AGENT).collect(),
    };
    context.store.put_session(session.clone()).await?;
    let account = context.store.find_account(proven.id).await?;
    if account.is_none_or(|account| account.version != proven.version) {
        context.store.end_session(proven.id, session.id).await?;
        return Ok(None);
    }
    for oldest in list_sessions(context, proven.id).await?.into_iter().skip(MOST_SESSIONS) {
        context.store.end_session(proven.id, oldest.id).await?;
    }
    Ok(Some(session))
}

/// The account's session with this id; `None` where it has none, or it was ended or has expired.
///
/// # Errors
/// The store's error.
pub async fn find_session(
    context: Context<'_>,
    account: AccountId,
    id: SessionId,
) -> Result<Option<Session>, ActionError> {
    let session = context.store.find_session(account, id).await?;
    Ok(session.filter(|session| context.time.now() < session.expires_at))
}

/// The account's sessions that have not ended, the newest first: in all of its organisations.
///
/// # Errors
/// The store's error.
pub async fn list_sessions(context: Context<'_>, account: AccountId) -> Result<Vec<Session>, ActionError> {
    Ok(context.store.list_sessions(account, context.time.now()).await?)
}

/// Ends one of the account's sessions.
///
/// # Errors
/// [`Refusal::NotFound`] where the account has no such session, or the store's error.
pub async fn end_session(context: Context<'_>, account: AccountId, id: SessionId) -> Result<(), ActionError> {
    if context.store.end_session(account, id).await? {
        Ok(())
    } else {
        Err(Refusal::NotFound("session").into())
    }
}
