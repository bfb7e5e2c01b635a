//! An organisation with an owner who signed up and members who may or may not sign in.

use std::sync::Arc;

use vibesheets_core::{
    Account, AccountId, DurationFormat, Email, Locale, Member, MemberId, Name, Organisation, OrganisationId,
    PasswordHash, Role,
    actions::Caller,
    journal::{
        AccountChange, Actor, Append, DirectoryChange, Head, Operation, PayloadBody, Revision, StreamId,
    },
    store::{Scope, SignUpWrite, Store},
    time::{FirstDayOfWeek, Zone},
};

use super::{Lab, new};

/// An organisation in a store.
#[derive(Debug, Clone)]
pub struct TestOrganisation {
    /// The organisation.
    pub organisation: Arc<Organisation>,
    /// The owner's sign-in.
    pub account: Account,
    /// The owner.
    pub owner: Caller,
    /// Members without a sign-in, of role `member`.
    pub members: Vec<Caller>,
}

impl TestOrganisation {
    /// The owner's scope.
    pub fn scope(&self) -> Scope {
        self.owner.scope()
    }

    /// The stream of the organisation's nouns.
    pub fn stream(&self) -> StreamId {
        StreamId::Organisation(self.organisation.id)
    }

    /// The stream of the `index`th member's entries.
    pub fn member_stream(&self, index: usize) -> StreamId {
        StreamId::Member(self.organisation.id, self.members[index].member.id)
    }

    /// The `index`th member's id.
    pub fn member(&self, index: usize) -> MemberId {
        self.members[index].member.id
    }
}

impl Lab {
    /// Signs an owner up with a new organisation and adds so many members.
    ///
    /// # Panics
    /// Where the store refuses.
    pub async fn found(&self, store: &dyn Store, members: usize) -> TestOrganisation {
        let account = self.account();
        let organisation = self.organisation();
        let owner = self.member("Olivia Owner", Role::Owner, Some(&account));
        let scope = Scope { organisation: organisation.id, actor: Actor::Account(account.id) };
        let write = self.sign_up_write(&scope, &account, &organisation, &owner);
        store.sign_up(&scope, write).await.expect("the owner signs up");
        let organisation = Arc::new(organisation);
        let caller = |member| Caller { member: Arc::new(member), organisation: Arc::clone(&organisation) };
        let owner = caller(owner);
        let added: Vec<Member> = (1..=members)
            .map(|number| self.member(&format!("Member {number:02}"), Role::Member, None))
            .collect();
        if members > 0 {
            let changes = added.iter().cloned().map(|member| DirectoryChange::Member(new(member))).collect();
            self.write_nouns(store, &owner.scope(), changes).await.expect("the members are added");
        }
        let members = added.into_iter().map(caller).collect();
        TestOrganisation { organisation, account, owner, members }
    }

    /// The write that signs `account` up as `owner` of a new `organisation`.
    pub fn sign_up_write(
        &self,
        scope: &Scope,
        account: &Account,
        organisation: &Organisation,
        owner: &Member,
    ) -> SignUpWrite {
        let changes = vec![
            DirectoryChange::Organisation(new(organisation.clone())),
            DirectoryChange::Member(new(owner.clone())),
        ];
        SignUpWrite {
            account: Some(self.account_write(Head::EMPTY, new(account.clone()))),
            directory: self.directory_write(scope, Head::EMPTY, changes),
            only_if_store_is_empty: false,
        }
    }

    /// The record of an account's change as decided at `head`, and the change.
    pub fn account_write(&self, head: Head, revision: Revision<Account>) -> (Append, Revision<Account>) {
        let scope = Scope {
            organisation: OrganisationId::from_bytes([0; 16]),
            actor: Actor::Account(revision.after.id),
        };
        let body = PayloadBody::Account(AccountChange(revision.clone()));
        let is_new = revision.before.is_none();
        let draft =
            self.draft(&scope, if is_new { Operation::AccountCreate } else { Operation::AccountEdit });
        (Append::after(head, StreamId::Account(revision.after.id), draft, &body, &self.random), revision)
    }

    /// A sign-in that nobody has yet.
    pub fn account(&self) -> Account {
        let id = AccountId::generate(self.now(), &self.random);
        Account {
            id,
            email: Email::new(&format!("{id}@example.com")).expect("an address"),
            password: PasswordHash("$argon2id$v=19$m=47104,t=1,p=1$c2FsdA$aGFzaA".to_owned()),
            version: 1,
            created_at: self.now(),
        }
    }

    /// An organisation that nobody has yet.
    pub fn organisation(&self) -> Organisation {
        Organisation {
            id: OrganisationId::generate(self.now(), &self.random),
            name: name("Harbour Café ☕"),
            time_zone: Zone::named("Europe/Vienna").expect("a zone"),
            first_day_of_week: FirstDayOfWeek::MONDAY,
            week_target_seconds: 144_000,
            version: 1,
            created_at: self.now(),
        }
    }

    /// A member that nobody is yet.
    pub fn member(&self, called: &str, role: Role, account: Option<&Account>) -> Member {
        Member {
            id: MemberId::generate(self.now(), &self.random),
            account: account.map(|account| account.id),
            name: name(called),
            email: account.map(|account| account.email.clone()),
            role,
            time_zone: Zone::named("Europe/Vienna").expect("a zone"),
            locale: Locale::De,
            duration_format: DurationFormat::Decimal,
            archived: false,
            erased: false,
            version: 1,
            created_at: self.now(),
        }
    }
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}
