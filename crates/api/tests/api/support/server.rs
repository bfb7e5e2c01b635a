//! The server under test.

use std::sync::Arc;

use axum::Router;
use serde_json::Value;
use vibesheets_api::{
    ApiSettings, ApiState, CheckpointKey, ClientAddress, Environment, Mount, Secret, SetupCode, SignUpMode,
    router,
};
use vibesheets_core::{Role, store::Store};
use vibesheets_store_contract::Instrumented;

use super::{
    Client, Person,
    people::{archive, found, invite, join, token},
    sources::{SeededRandom, TestTime},
    stores::empty_store,
    through::{InProcess, Way},
};

/// The server under test.
pub struct TestServer {
    pub state: ApiState,
    pub time: Arc<TestTime>,
    router: Router,
    setup_code: Option<SetupCode>,
    address: Option<ClientAddress>,
}

/// What a developer's own server has.
pub fn settings() -> ApiSettings {
    ApiSettings {
        environment: Environment::Development,
        public_url: "http://localhost:3000".parse().expect("a public URL"),
        sign_up: SignUpMode::Invite,
        setup_code: None,
        secret: Secret([7; 32]),
        demo: None,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// What every server signs checkpoints with.
pub fn checkpoint_key() -> CheckpointKey {
    CheckpointKey::generate(&SeededRandom::default())
}

impl TestServer {
    /// With nobody in it, on Monday 2 March 2026, 9:00 in Vienna.
    pub fn empty() -> Self {
        Self::with(settings())
    }

    /// With an owner, over a store that fails where it is told to and counts what it is asked.
    pub async fn instrumented() -> (Self, Client, Arc<Instrumented>) {
        let store = Arc::new(Instrumented::new(empty_store().0));
        let server = Self::over(Arc::<Instrumented>::clone(&store), settings());
        let owner = server.founded().await;
        (server, owner, store)
    }

    /// With nobody in it.
    pub fn with(settings: ApiSettings) -> Self {
        let (store, place) = empty_store();
        Self::made(store, settings.clone(), |router, time| Way::asked().to(router, &settings, &place, time))
    }

    /// Over a store that a test brings.
    pub fn over(store: Arc<dyn Store>, settings: ApiSettings) -> Self {
        Self::made(store, settings, |router, _| Way::asked().in_process(router, "a store of its own"))
    }

    /// Without a key for checkpoints.
    pub fn without_checkpoints() -> Self {
        let time = Arc::new(TestTime::at("2026-03-02T08:00:00Z"));
        let lent: Arc<TestTime> = Arc::clone(&time);
        let state = ApiState::new(empty_store().0, lent, Arc::new(SeededRandom::default()), settings());
        let router = router(state.clone(), Mount::Api);
        let router = Way::asked().in_process(router, "no key for checkpoints");
        Self { state, time, router, setup_code: None, address: None }
    }

    /// With an owner, in this process; `why`.
    pub async fn owner_in_process(why: InProcess) -> (Self, Client) {
        let server =
            Self::made(empty_store().0, settings(), |router, _| Way::asked().in_process(router, why));
        let owner = server.founded().await;
        (server, owner)
    }

    fn made(
        store: Arc<dyn Store>,
        settings: ApiSettings,
        way: impl FnOnce(Router, &Arc<TestTime>) -> Router,
    ) -> Self {
        let time = Arc::new(TestTime::at("2026-03-02T08:00:00Z"));
        let lent: Arc<TestTime> = Arc::clone(&time);
        let setup_code = Way::asked().setup_code(&settings);
        let state = ApiState::new(store, lent, Arc::new(SeededRandom::default()), settings);
        state.sign_checkpoints_with(Arc::new(checkpoint_key()));
        let router = way(router(state.clone(), Mount::Api), &time);
        Self { state, time, router, setup_code, address: None }
    }

    /// The same state behind another router.
    pub fn behind(&self, router: Router) -> Self {
        Self { router: Way::asked().in_process(router, "another router"), ..self.seen() }
    }

    /// The same server, as it sees requests from `address`.
    pub fn seen_from(&self, address: &str) -> Self {
        let address = ClientAddress(address.parse().expect("an address"));
        Self { address: Some(address), ..self.seen() }
    }

    fn seen(&self) -> Self {
        let (state, time) = (self.state.clone(), Arc::clone(&self.time));
        let setup_code = self.setup_code.clone();
        Self { state, time, router: self.router.clone(), setup_code, address: self.address }
    }

    /// Whether the first sign-up has to give a code.
    pub const fn asks_for_code(&self) -> bool {
        self.setup_code.is_some()
    }

    /// A sign-up with the code that it has to give where it is the first.
    pub fn with_code(&self, mut sign_up: Value) -> Value {
        if let Some(SetupCode(code)) = &self.setup_code {
            sign_up["setup_code"] = code.as_str().into();
        }
        sign_up
    }

    /// Nobody yet known.
    pub fn anonymous(&self) -> Client {
        let router = self.router.clone();
        Client { router, address: self.address, token: None, is_browser: true, member: None }
    }

    /// Nobody yet known, and no browser: sends no header about pages.
    pub fn program(&self) -> Client {
        Client { is_browser: false, ..self.anonymous() }
    }

    /// The same session, at this server.
    pub fn with_session_of(&self, client: &Client) -> Client {
        Client { router: self.router.clone(), address: self.address, ..client.clone() }
    }

    /// A browser in which `person` has just signed in.
    pub async fn signed_in(&self, person: Person) -> Client {
        let token = Some(token(&self.state, person).await);
        let member = Some((person.account, person.membership.member));
        Client { token, member, ..self.anonymous() }
    }

    /// An organisation with an owner.
    pub async fn owner() -> (Self, Client) {
        let server = Self::empty();
        let owner = server.founded().await;
        (server, owner)
    }

    /// The owner of the first organisation, which is made.
    pub async fn founded(&self) -> Client {
        let owner = found(&self.state, "Olga", true).await;
        self.signed_in(owner).await
    }

    /// An organisation with somebody in each role.
    pub async fn team() -> (Self, Team) {
        let server = Self::empty();
        let owner = found(&server.state, "Olga", true).await;
        let mut people = [owner; 4];
        let others = [("Ada", Role::Admin), ("Max", Role::Manager), ("Mia", Role::Member)];
        for (place, (name, role)) in others.into_iter().enumerate() {
            people[place + 1] = join(&server.state, owner, name, role).await;
        }
        let team = Team {
            owner: server.signed_in(people[0]).await,
            admin: server.signed_in(people[1]).await,
            manager: server.signed_in(people[2]).await,
            member: server.signed_in(people[3]).await,
        };
        (server, team)
    }

    /// Another member of the owner's organisation.
    pub async fn join(&self, owner: &Client, name: &str, role: Role) -> Client {
        let membership = self.membership(owner).await;
        let person = join(&self.state, membership, name, role).await;
        self.signed_in(person).await
    }

    /// The token of an invitation.
    pub async fn invite(&self, owner: &Client, name: &str, role: Role) -> String {
        invite(&self.state, self.membership(owner).await, name, role).await
    }

    /// Archives a member.
    pub async fn archive(&self, owner: &Client, member: &Client) {
        archive(&self.state, self.membership(owner).await, member.member_id()).await;
    }

    /// Another browser in which the same person has just signed in.
    pub async fn another_session(&self, client: &Client) -> Client {
        self.signed_in(self.membership(client).await).await
    }

    /// The owner of another organisation.
    pub async fn stranger(&self) -> Client {
        let person = found(&self.state, "Sam", false).await;
        self.signed_in(person).await
    }

    async fn membership(&self, client: &Client) -> Person {
        let account = client.account_id();
        let memberships = self.state.store.list_memberships(account).await.expect("the store works");
        let membership = memberships.into_iter().find(|place| place.member == client.member_id());
        Person { account, membership: membership.expect("a membership") }
    }
}

/// Somebody in each role of one organisation.
pub struct Team {
    pub owner: Client,
    pub admin: Client,
    pub manager: Client,
    pub member: Client,
}
