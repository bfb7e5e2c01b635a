//! Sessions as the store has them, remembered for a few seconds.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use jiff::Timestamp;
use vibesheets_core::{
    AccountId, MemberId, Organisation, OrganisationId, Session, SessionId,
    actions::{
        ActionError, Caller, Context,
        accounts::{find_session, member_of},
    },
};

use super::{Claims, remembered::Remembered};

/// The most sessions remembered at once; about a kilobyte each.
const MOST_SESSIONS: usize = 8192;
/// The most organisations remembered at once.
const MOST_ORGANISATIONS: usize = 1024;

/// A member in a session.
#[derive(Debug)]
pub struct SignedIn {
    /// Who asks.
    pub caller: Caller,
    /// The session they ask in.
    pub session: Session,
}

/// Looks sessions up and remembers them for up to five seconds. Their organisations are remembered too: all of one's members would
/// read that one item otherwise, and one item takes so many reads a second and no more.
#[derive(Debug)]
pub struct Sessions {
    remembered: Remembered<SessionId, Arc<SignedIn>>,
    organisations: Remembered<OrganisationId, Arc<Organisation>>,
    /// Counts what was forgotten: a look-up that began before is not remembered after.
    forgotten: AtomicU64,
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            remembered: Remembered::at_most(MOST_SESSIONS),
            organisations: Remembered::at_most(MOST_ORGANISATIONS),
            forgotten: AtomicU64::default(),
        }
    }
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
        if let Some((signed_in, _)) = self.remembered.recall(&claims.sid, now)
            && matches(&signed_in.session, claims, now)
        {
            return Ok(Some(signed_in));
        }
        let before = self.forgotten.load(Ordering::Acquire);
        let session = find_session(context, claims.sub, claims.sid).await?;
        let Some(session) = session.filter(|session| matches(session, claims, now)) else { return Ok(None) };
        let Some(member) = member_of(context, session.account, session.membership).await? else {
            return Ok(None);
        };
        let Some((organisation, read_at)) = self.organisation(context, &session, now, before).await? else {
            return Ok(None);
        };
        let caller = Caller { member: Arc::new(member), organisation };
        let found = Arc::new(SignedIn { caller, session });
        // No older than its oldest part.
        self.remembered.remember(found.session.id, Arc::clone(&found), read_at, || self.is_current(before));
        Ok(Some(found))
    }

    async fn organisation(
        &self,
        context: Context<'_>,
        session: &Session,
        now: Timestamp,
        before: u64,
    ) -> Result<Option<(Arc<Organisation>, Timestamp)>, ActionError> {
        let id = session.membership.organisation;
        if let Some(known) = self.organisations.recall(&id, now) {
            return Ok(Some(known));
        }
        let found = context.store.find_organisation(&session.membership.scope()).await?.map(Arc::new);
        if let Some(found) = &found {
            self.organisations.remember(id, Arc::clone(found), now, || self.is_current(before));
        }
        Ok(found.map(|found| (found, now)))
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

    /// Forgets an organisation and its sessions, after its settings changed.
    pub fn forget_organisation(&self, id: OrganisationId) {
        self.organisations.forget_where(|known, _| *known == id, || self.count_forgotten());
        self.forget_where(|session| session.membership.organisation == id);
    }

    fn forget_where(&self, ended: impl Fn(&Session) -> bool) {
        self.remembered.forget_where(|_, signed_in| ended(&signed_in.session), || self.count_forgotten());
    }

    fn count_forgotten(&self) {
        self.forgotten.fetch_add(1, Ordering::Release);
    }

    fn is_current(&self, before: u64) -> bool {
        self.forgotten.load(Ordering::Acquire) == before
    }
}

/// Whether a session is the one that a token was made for, and goes on.
fn matches(session: &Session, claims: &Claims, now: Timestamp) -> bool {
    session.account == claims.sub
        && session.membership.organisation == claims.org
        && session.membership.member == claims.member
        && session.expires_at > now
}
