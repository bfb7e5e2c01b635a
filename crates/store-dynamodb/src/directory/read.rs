//! Reading nouns.

use serde::de::DeserializeOwned;
use vibesheets_core::{
    Client, Import, Invitation, Member, Organisation, OrganisationId, Project, Tag,
    journal::{Head, StreamId},
    store::{Directory, StoreError},
};

use super::{CLIENT, IMPORT, INVITATION, PROJECT, TAG, organisation_place};
use crate::{
    item::{Item, noun},
    journal,
    keys::Table,
    tables::{Query, Range, Tables},
};

/// Looks at a directory that goes on changing, after which the reader is told to come again.
const MOST_LOOKS: usize = 10;

/// Everything, as it stood at one head: read once all that the head's transaction wrote is seen, and before the next.
pub(super) async fn directory(tables: &Tables, id: OrganisationId) -> Result<Option<Directory>, StoreError> {
    let stream = StreamId::Organisation(id);
    for _ in 0..MOST_LOOKS {
        let (head, places) = journal::head_and_places(tables, stream).await?;
        journal::settle(tables, stream, head.seq, places).await?;
        let directory = directory_at(tables, id, head).await?;
        if journal::is_last(tables, stream, head).await? {
            return Ok(directory);
        }
    }
    Err(StoreError::Unavailable { reason: format!("{stream} goes on changing while it is read") })
}

async fn directory_at(
    tables: &Tables,
    id: OrganisationId,
    head: Head,
) -> Result<Option<Directory>, StoreError> {
    let Some(organisation) = tables.get(&organisation_place(id)).await? else { return Ok(None) };
    let organisation: Organisation = noun("organisation", &organisation)?;
    let mut members: Vec<Member> = nouns(tables, "member", Table::Members, id, Range::All).await?;
    let mut clients: Vec<Client> = nouns(tables, "client", Table::Projects, id, prefix(CLIENT)).await?;
    let mut projects: Vec<Project> = nouns(tables, "project", Table::Projects, id, prefix(PROJECT)).await?;
    let mut tags: Vec<Tag> = nouns(tables, "tag", Table::Projects, id, prefix(TAG)).await?;
    // Stable sorts: what has the same name stays in the order of its ids.
    members.sort_by(|one, other| one.name.cmp(&other.name));
    clients.sort_by(|one, other| one.name.cmp(&other.name));
    projects.sort_by(|one, other| one.name.cmp(&other.name));
    tags.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(Some(Directory { head, organisation, members, projects, clients, tags }))
}

/// In the order of their ids.
pub(super) async fn open_invitations(
    tables: &Tables,
    id: OrganisationId,
) -> Result<Vec<Invitation>, StoreError> {
    nouns(tables, "invitation", Table::Organisations, id, prefix(INVITATION)).await
}

/// The newest first.
pub(super) async fn imports(tables: &Tables, id: OrganisationId) -> Result<Vec<Import>, StoreError> {
    let mut imports: Vec<Import> = nouns(tables, "import", Table::Organisations, id, prefix(IMPORT)).await?;
    imports.sort_by_key(|import| std::cmp::Reverse((import.created_at, import.id)));
    Ok(imports)
}

fn prefix(text: &str) -> Range {
    Range::Prefix(text.to_owned())
}

/// Those of one kind, in the order of their ids.
async fn nouns<T: DeserializeOwned>(
    tables: &Tables,
    what: &'static str,
    table: Table,
    id: OrganisationId,
    range: Range,
) -> Result<Vec<T>, StoreError> {
    let items: Vec<Item> = tables.query_all(&Query::new(table, id.to_string(), range)).await?;
    items.iter().map(|item| noun(what, item)).collect()
}
