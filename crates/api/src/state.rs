//! What handlers share.

use std::{
    ops::Deref,
    sync::{Arc, OnceLock},
};

use jiff::Timestamp;
use tokio::sync::Semaphore;
use vibesheets_core::{
    RandomSource, TimeSource,
    actions::{Context, invitations::InvitationKey},
    checkpoint::Signer,
    store::Store,
};

use crate::{
    ApiSettings,
    auth::{KnownBrowsers, Passwords, SessionCookie, Sessions, Tokens},
    routes::health::{CopiesHealth, StoreHealth},
    transfers::Transfers,
};

/// How many files are imported at once; others wait.
const IMPORTS_AT_ONCE: usize = 2;

/// What handlers share; cheap to clone.
#[derive(Clone)]
pub struct ApiState(Arc<Shared>);

/// See [`ApiState`].
pub struct Shared {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// The time.
    pub time: Arc<dyn TimeSource>,
    /// Randomness.
    pub random: Arc<dyn RandomSource>,
    /// What the operator decided.
    pub settings: ApiSettings,
    /// Hashes and checks passwords.
    pub passwords: Passwords,
    /// Signs and reads tokens.
    pub tokens: Tokens,
    /// Signs invitations.
    pub invitations: InvitationKey,
    /// Sessions looked up in the last seconds.
    pub sessions: Sessions,
    /// The session's cookie.
    pub cookie: SessionCookie,
    /// The cookies of browsers that somebody signed in with before.
    pub known_browsers: KnownBrowsers,
    /// The files that are read and planned at once: each takes a processor and some hundred megabytes.
    pub imports: Arc<Semaphore>,
    /// Where large files are left and fetched; `None` where requests and answers may be of any size.
    pub transfers: Option<Arc<dyn Transfers>>,
    /// What the last check of the store found.
    pub store_health: StoreHealth,
    /// Tells how what is kept beside the store is, where something is.
    pub copies: OnceLock<Arc<dyn CopiesHealth>>,
    /// What signs checkpoints, where the operator gave it a key.
    pub checkpoint_signer: OnceLock<Arc<dyn Signer>>,
    /// When this state was made.
    pub started_at: Timestamp,
}

impl ApiState {
    /// From what the process lends and the operator decided.
    pub fn new(
        store: Arc<dyn Store>,
        time: Arc<dyn TimeSource>,
        random: Arc<dyn RandomSource>,
        settings: ApiSettings,
    ) -> Self {
        Self::with_transfers(store, time, random, settings, None)
    }

    /// Lets `/health` tell how what is kept beside the store is.
    pub fn tell_of_copies(&self, copies: Arc<dyn CopiesHealth>) {
        // Said once, at the start.
        let _ = self.copies.set(copies);
    }

    /// Lets exports carry signed checkpoints, and members fetch one.
    pub fn sign_checkpoints_with(&self, signer: Arc<dyn Signer>) {
        // Said once, at the start.
        let _ = self.checkpoint_signer.set(signer);
    }

    /// The same, where large files go another way than requests and answers.
    pub fn with_transfers(
        store: Arc<dyn Store>,
        time: Arc<dyn TimeSource>,
        random: Arc<dyn RandomSource>,
        settings: ApiSettings,
        transfers: Option<Arc<dyn Transfers>>,
    ) -> Self {
        Self(Arc::new(Shared {
            passwords: Passwords::default(),
            tokens: Tokens::new(&settings),
            invitations: InvitationKey(settings.secret.key_for("vibesheets invitation 1")),
            sessions: Sessions::default(),
            cookie: SessionCookie::of(&settings.public_url),
            known_browsers: KnownBrowsers::new(&settings),
            imports: Arc::new(Semaphore::new(IMPORTS_AT_ONCE)),
            store_health: StoreHealth::default(),
            copies: OnceLock::new(),
            checkpoint_signer: OnceLock::new(),
            started_at: time.now(),
            store,
            time,
            random,
            settings,
            transfers,
        }))
    }

    /// What an action is lent.
    pub fn context(&self) -> Context<'_> {
        Context { store: &*self.store, time: &*self.time, random: &*self.random }
    }
}

impl Deref for ApiState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
