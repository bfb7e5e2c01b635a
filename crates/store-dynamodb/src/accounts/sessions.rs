//! Sessions: not in the journal, forgotten by the engine itself after they expire.

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use vibesheets_core::{AccountId, Membership, Session, SessionId, store::StoreError};

use crate::{
    item::{Item, NewItem, Reading},
    keys::{EXPIRES_AT, Key, Table},
    tables::{Query, Range, Tables},
};

const DELETIONS_AT_ONCE: usize = 25;

fn place(account: AccountId, id: SessionId) -> Key {
    Key::new(Table::Sessions, account, id)
}

pub(super) async fn put(tables: &Tables, session: &Session) -> Result<(), StoreError> {
    let item = NewItem::new(place(session.account, session.id))
        .text("organisation", session.membership.organisation)
        .text("member", session.membership.member)
        .text("created_at", session.created_at)
        .text("ends_at", session.expires_at)
        .text("user_agent", &session.user_agent)
        .number(EXPIRES_AT, session.expires_at.as_second());
    tables.put(item).await
}

pub(super) async fn find(
    tables: &Tables,
    account: AccountId,
    id: SessionId,
) -> Result<Option<Session>, StoreError> {
    tables.get(&place(account, id)).await?.map(|item| session(&item)).transpose()
}

pub(super) async fn list(
    tables: &Tables,
    account: AccountId,
    now: Timestamp,
) -> Result<Vec<Session>, StoreError> {
    let items = tables.query_all(&Query::new(Table::Sessions, account.to_string(), Range::All)).await?;
    let mut sessions = items.iter().map(session).collect::<Result<Vec<_>, _>>()?;
    sessions.retain(|session| session.expires_at > now);
    sessions.sort_by_key(|session| std::cmp::Reverse((session.created_at, session.id)));
    Ok(sessions)
}

pub(super) async fn end(tables: &Tables, account: AccountId, id: SessionId) -> Result<bool, StoreError> {
    tables.delete(&place(account, id)).await
}

/// Several deletions at once instead of batches, which would need a right of their own and may be done by halves.
pub(super) async fn end_others(
    tables: &Tables,
    account: AccountId,
    keep: Option<SessionId>,
) -> Result<(), StoreError> {
    let items = tables.query_all(&Query::new(Table::Sessions, account.to_string(), Range::All)).await?;
    let ids = items.iter().map(|item| Reading::new("session", item).parsed("session"));
    let ids = ids.filter(|id| id.as_ref().ok() != keep.as_ref()).collect::<Result<Vec<_>, _>>()?;
    let ends = ids.into_iter().map(async |id| end(tables, account, id).await.map(drop));
    stream::iter(ends).buffer_unordered(DELETIONS_AT_ONCE).try_collect().await
}

fn session(item: &Item) -> Result<Session, StoreError> {
    let reading = Reading::new("session", item);
    Ok(Session {
        id: reading.parsed("session")?,
        account: reading.parsed("account")?,
        membership: Membership {
            organisation: reading.parsed("organisation")?,
            member: reading.parsed("member")?,
        },
        created_at: reading.parsed("created_at")?,
        expires_at: reading.parsed("ends_at")?,
        user_agent: reading.text("user_agent")?.to_owned(),
    })
}
