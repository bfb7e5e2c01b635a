//! Sessions as the store has them, remembered for a few seconds.

use std::{
    collections::HashMap,
    sync::{
        Arc, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use jiff::{SignedDuration, Timestamp};
use vibesheets_core::{
    AccountId, MemberId, OrganisationId, Session, SessionId,
    actions::{
        ActionError, Caller, Context,
        accounts::{caller_of, find_session},
    },
};

use super::Claims;

/// How long a session and its member are taken for what they were.
const REMEMBERED: SignedDuration = SignedDuration::from_secs(5);
/// The most sessions remembered at once; about a kilobyte each.
const MOST: usize = 8192;

/// A member in a session.
#[derive(Debug)]
pub struct SignedIn {
    /// Who asks.
    pub caller: Caller,
    /// The session they ask in.
    pub session: Session,
}

#[derive(Debug)]
struct Remembered {
    signed_in: Arc<SignedIn>,
    checked_at: Timestamp,
}

/// Looks sessions up and remembers them for up to five seconds.
#[derive(Debug, Default)]
pub struct Sessions {
    remembered: RwLock<HashMap<SessionId, Remembered>>,
    /// Counts what was forgotten: a look-up that began before is not remembered after.
    forgotten: AtomicU64,
}

impl Sessions {
    /// The member that `claims` name, if session, account and member still say the same.
    ///
    /// # Errors
    /// The store's error.
    pub async fn find(
        &self,
        context: Context<'_>,
        claims: &Claims,
        now: Timestamp,
    ) -> Result<Option<Arc<SignedIn>>, ActionError> {
        if let Some(signed_in) = self.recall(claims, now) {
            return Ok(Some(signed_in));
        }
        let before = self.forgotten.load(Ordering::Acquire);
        let found = look_up(context, claims, now).await?.map(Arc::new);
        if let Some(signed_in) = &found {
            self.remember(signed_in, now, before);
        }
        Ok(found)
    }

    /// Forgets a session that has just ended.
    pub fn forget(&self, id: SessionId) {
        self.forget_where(|session| session.id == id);
    }

    /// Forgets a member's sessions, after the member changed.
    pub fn forget_member(&self, id: MemberId) {
        self.forget_where(|session| session.membership.member == id);
    }

    /// Forgets an account's sessions, after its password changed.
    pub fn forget_account(&self, id: AccountId) {
        self.forget_where(|session| session.account == id);
    }

    /// Forgets an organisation's sessions, after its settings changed.
    pub fn forget_organisation(&self, id: OrganisationId) {
        self.forget_where(|session| session.membership.organisation == id);
    }

    fn forget_where(&self, ended: impl Fn(&Session) -> bool) {
        let mut remembered = self.remembered.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        self.forgotten.fetch_add(1, Ordering::Release);
        remembered.retain(|_, entry| !ended(&entry.signed_in.session));
    }

    fn recall(&self, claims: &Claims, now: Timestamp) -> Option<Arc<SignedIn>> {
        let remembered = self.remembered.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        let entry = remembered.get(&claims.sid)?;
        let age = now.duration_since(entry.checked_at);
        let is_fresh = !age.is_negative() && age <= REMEMBERED;
        (is_fresh && matches(&entry.signed_in.session, claims, now)).then(|| Arc::clone(&entry.signed_in))
    }

    fn remember(&self, signed_in: &Arc<SignedIn>, now: Timestamp, before: u64) {
        let mut remembered = self.remembered.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        if self.forgotten.load(Ordering::Acquire) != before {
            return;
        }
        if remembered.len() >= MOST {
            remembered.retain(|_, entry| now.duration_since(entry.checked_at) <= REMEMBERED);
        }
        if remembered.len() < MOST {
            let entry = Remembered { signed_in: Arc::clone(signed_in), checked_at: now };
            remembered.insert(signed_in.session.id, entry);
        }
    }
}

/// Whether a session is the one that a token was made for, and goes on.
fn matches(session: &Session, claims: &Claims, now: Timestamp) -> bool {
    session.account == claims.sub
        && session.membership.organisation == claims.org
        && session.membership.member == claims.member
        && session.expires_at > now
}

async fn look_up(
    context: Context<'_>,
    claims: &Claims,
    now: Timestamp,
) -> Result<Option<SignedIn>, ActionError> {
    let session = find_session(context, claims.sub, claims.sid).await?;
    let Some(session) = session.filter(|session| matches(session, claims, now)) else { return Ok(None) };
    let caller = caller_of(context, session.account, session.membership).await?;
    Ok(caller.map(|caller| SignedIn { caller, session }))
}
