//! Sign-ins.

mod attempts;
mod erase;
mod sessions;
mod write;

use async_trait::async_trait;
use jiff::Timestamp;
use vibesheets_core::{
    Account, AccountId, Email, Membership, Session, SessionId,
    journal::{Append, Revision},
    store::{Accounts, Commit, Scope, SignUpWrite, StoreError},
};

use crate::{
    DynamoDbStore,
    item::{Item, NewItem, Reading, noun},
    keys::{EMAIL, Key, Table},
    tables::{Query, Range, Tables},
};

pub(crate) use erase::{erase, put_erased};
pub(crate) use write::membership;

const ACCOUNT: &str = "ACCOUNT";
/// Of an address: whose it is.
const HOLDER: &str = "holder";
const MEMBERSHIP: &str = "MEMBERSHIP#";
/// An id that no account has: ids are made of a time.
const NOBODY: AccountId = AccountId::from_bytes([0; 16]);

#[async_trait]
impl Accounts for DynamoDbStore {
    async fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(self.tables.get(&founded()).await?.is_none())
    }

    async fn find_account_by_email(&self, email: &Email) -> Result<Option<Account>, StoreError> {
        let Some(item) = self.tables.get(&address(email)).await? else {
            // As many reads as for an address that somebody has: how long it takes must not tell which ones are.
            find(&self.tables, NOBODY).await?;
            return Ok(None);
        };
        let id = Reading::new("address", &item).parsed(HOLDER)?;
        // Read one after the other, the account may have another address by now.
        Ok(find(&self.tables, id).await?.filter(|account| account.email == *email))
    }

    async fn find_account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        find(&self.tables, id).await
    }

    async fn list_memberships(&self, account: AccountId) -> Result<Vec<Membership>, StoreError> {
        let range = Range::Prefix(MEMBERSHIP.to_owned());
        let items = self.tables.query_all(&Query::new(Table::Accounts, account.to_string(), range)).await?;
        let mut memberships = items.iter().map(read_membership).collect::<Result<Vec<_>, _>>()?;
        memberships.sort_by_key(|(since, membership)| (*since, membership.organisation, membership.member));
        Ok(memberships.into_iter().map(|(_, membership)| membership).collect())
    }

    async fn sign_up(&self, scope: &Scope, write: SignUpWrite) -> Result<Commit, StoreError> {
        write::sign_up(&self.tables, scope, &write).await
    }

    async fn write_account(&self, append: Append, account: Revision<Account>) -> Result<Commit, StoreError> {
        write::account(&self.tables, &append, &account).await
    }

    async fn put_session(&self, session: Session) -> Result<(), StoreError> {
        sessions::put(&self.tables, &session).await
    }

    async fn find_session(&self, account: AccountId, id: SessionId) -> Result<Option<Session>, StoreError> {
        sessions::find(&self.tables, account, id).await
    }

    async fn list_sessions(&self, account: AccountId, now: Timestamp) -> Result<Vec<Session>, StoreError> {
        sessions::list(&self.tables, account, now).await
    }

    async fn end_session(&self, account: AccountId, id: SessionId) -> Result<bool, StoreError> {
        sessions::end(&self.tables, account, id).await
    }

    async fn end_other_sessions(
        &self,
        account: AccountId,
        keep: Option<SessionId>,
    ) -> Result<(), StoreError> {
        sessions::end_others(&self.tables, account, keep).await
    }
}

/// Where it is said that somebody signed up.
fn founded() -> Key {
    Key::new(Table::Accounts, "store", "FOUNDED")
}

/// Where it is said whose an address is.
fn address(email: &Email) -> Key {
    Key::new(Table::Accounts, format_args!("{EMAIL}{}", &**email), "EMAIL")
}

fn place(id: AccountId) -> Key {
    Key::new(Table::Accounts, id, ACCOUNT)
}

async fn find(tables: &Tables, id: AccountId) -> Result<Option<Account>, StoreError> {
    tables.get(&place(id)).await?.map(|item| noun("account", &item)).transpose()
}

fn read_membership(item: &Item) -> Result<(Timestamp, Membership), StoreError> {
    let reading = Reading::new("membership", item);
    let organisation = reading.text("item")?.strip_prefix(MEMBERSHIP).and_then(|id| id.parse().ok());
    let organisation = organisation.ok_or_else(|| reading.damaged("item"))?;
    Ok((reading.parsed("since")?, Membership { organisation, member: reading.parsed("member")? }))
}

/// The item of a membership.
fn membership_item(account: AccountId, membership: Membership, since: Timestamp) -> NewItem {
    NewItem::new(membership_place(account, membership)).text("member", membership.member).text("since", since)
}

fn membership_place(account: AccountId, membership: Membership) -> Key {
    Key::new(Table::Accounts, account, format_args!("{MEMBERSHIP}{}", membership.organisation))
}
