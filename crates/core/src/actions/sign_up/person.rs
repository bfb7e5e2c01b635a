//! Who signs up.

use jiff::Timestamp;

use crate::{
    Account, AccountId, CommandId, Email, Locale, MemberId, Membership, Name, OrganisationId, PasswordHash,
    Reason,
    actions::{ActionError, Context, Refusal},
    journal::{AccountChange, Actor, Append, Head, Operation, PayloadBody, RecordDraft, Revision, StreamId},
    store::StoreError,
    time::Zone,
};

/// Whose sign-in it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// Somebody without an account.
    New {
        /// The account's address; unique in the whole store.
        email: Email,
        /// The hash of the password that they chose.
        password: PasswordHash,
    },
    /// Somebody with an account, who has proven its password just now.
    Existing(Account),
}

/// What somebody says about themselves when they sign up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignUp {
    /// Whose sign-in it is.
    pub person: Person,
    /// What they are called.
    pub name: Name,
    /// Where their clock runs; a new organisation starts with it too.
    pub time_zone: Zone,
    /// Their language; where `None`, what they were invited in, or English.
    pub locale: Option<Locale>,
}

/// Somebody who has signed up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedUp {
    /// Their sign-in.
    pub account: Account,
    /// Their place in the organisation.
    pub membership: Membership,
}

/// The account that joins, and its first record where it is new.
pub(super) struct Newcomer {
    pub(super) account: Account,
    pub(super) write: Option<(Append, Revision<Account>)>,
}

impl Newcomer {
    pub(super) fn new(context: Context<'_>, command: CommandId, person: &Person, now: Timestamp) -> Self {
        let (email, password) = match person {
            Person::Existing(account) => return Self { account: account.clone(), write: None },
            Person::New { email, password } => (email.clone(), password.clone()),
        };
        let id = AccountId::generate(now, context.random);
        let account = Account { id, email, password, version: 1, created_at: now };
        let revision = Revision { before: None, after: account.clone() };
        let body = PayloadBody::Account(AccountChange(revision.clone()));
        let draft = RecordDraft {
            now,
            actor: Actor::Account(id),
            operation: Operation::AccountCreate,
            command,
            applied: None,
        };
        let append = Append::after(Head::EMPTY, StreamId::Account(id), draft, &body, context.random);
        Self { account, write: Some((append, revision)) }
    }

    pub(super) fn signed_up(&self, organisation: OrganisationId, member: MemberId) -> SignedUp {
        SignedUp { account: self.account.clone(), membership: Membership { organisation, member } }
    }
}

/// Says a store's error in the words of somebody who signs up.
pub(super) fn refused(error: StoreError, account: &Account) -> ActionError {
    match error {
        StoreError::AlreadyExists { what: "account" } => {
            let email = &account.email;
            let detail =
                format!("the address {email} has an account already; sign in instead, or use its password");
            Refusal::Duplicate(Reason::new("account_exists", detail).with("email", email)).into()
        }
        StoreError::AlreadyExists { what: "store" } => {
            let detail = "this store is set up already; sign in, or ask for an invitation";
            Refusal::not_allowed("set_up_already", detail).into()
        }
        error => error.into(),
    }
}
