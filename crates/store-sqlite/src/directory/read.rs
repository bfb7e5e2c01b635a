//! Reading nouns: each is the JSON in its row's `body`.

use std::fmt::Display;

use rusqlite::{Connection, OptionalExtension, Params, ToSql, params};
use serde::de::DeserializeOwned;
use vibesheets_core::{
    Client, Import, Invitation, Member, MemberId, Organisation, OrganisationId, Project, Tag,
    journal::StreamId,
    store::{Directory, Scope},
};

use crate::{
    Failure,
    failure::damaged,
    journal,
    sql::{Json, Sql},
};

pub(super) fn organisation(
    connection: &Connection,
    id: OrganisationId,
) -> Result<Option<Organisation>, Failure> {
    body(connection, "SELECT body FROM organisations WHERE id = ?1", [Sql(id)])
        .map_err(damaged("organisation", id))
}

/// One noun of `table`, which only this module's callers name.
pub(crate) fn noun<T: DeserializeOwned>(
    connection: &Connection,
    what: &'static str,
    table: &'static str,
    scope: &Scope,
    id: impl ToSql,
    key: impl Display,
) -> Result<Option<T>, Failure> {
    let sql = format!("SELECT body FROM {table} WHERE organisation = ?1 AND id = ?2");
    body(connection, &sql, params![Sql(scope.organisation), id]).map_err(damaged(what, key))
}

/// The newest, were there several.
pub(super) fn open_invitation(
    connection: &Connection,
    organisation: OrganisationId,
    member: MemberId,
) -> Result<Option<Invitation>, Failure> {
    let sql = "SELECT body FROM invitations WHERE organisation = ?1 AND member = ?2 AND ended = 0
               ORDER BY id DESC LIMIT 1";
    body(connection, sql, params![Sql(organisation), Sql(member)])
        .map_err(damaged("an invitation of member", member))
}

/// By id.
pub(super) fn open_invitations(
    connection: &Connection,
    organisation: OrganisationId,
) -> Result<Vec<Invitation>, Failure> {
    let sql = "SELECT body FROM invitations WHERE organisation = ?1 AND ended = 0 ORDER BY id";
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_map([Sql(organisation)], |row| Ok(row.get::<_, Json<Invitation>>(0)?.0))?;
    let what = format_args!("of organisation {organisation}");
    found.collect::<Result<_, _>>().map_err(damaged("invitations", what))
}

/// The newest first.
pub(crate) fn imports(connection: &Connection, organisation: OrganisationId) -> Result<Vec<Import>, Failure> {
    nouns(connection, "imports", "created_at DESC, id DESC", organisation)
}

/// Everything, as of one state.
pub(crate) fn directory(connection: &Connection, id: OrganisationId) -> Result<Option<Directory>, Failure> {
    let Some(organisation) = organisation(connection, id)? else { return Ok(None) };
    let mut members: Vec<Member> = nouns(connection, "members", "id", id)?;
    let mut projects: Vec<Project> = nouns(connection, "projects", "id", id)?;
    let mut clients: Vec<Client> = nouns(connection, "clients", "id", id)?;
    let mut tags: Vec<Tag> = nouns(connection, "tags", "id", id)?;
    // Stable sorts: what has the same name stays in the order of its ids.
    members.sort_by(|one, other| one.name.cmp(&other.name));
    projects.sort_by(|one, other| one.name.cmp(&other.name));
    clients.sort_by(|one, other| one.name.cmp(&other.name));
    tags.sort_by(|one, other| one.name.cmp(&other.name));
    let head = journal::head(connection, StreamId::Organisation(id))?;
    Ok(Some(Directory { head, organisation, members, projects, clients, tags }))
}

fn nouns<T: DeserializeOwned>(
    connection: &Connection,
    table: &'static str,
    order: &'static str,
    organisation: OrganisationId,
) -> Result<Vec<T>, Failure> {
    let sql = format!("SELECT body FROM {table} WHERE organisation = ?1 ORDER BY {order}");
    let mut statement = connection.prepare_cached(&sql)?;
    let nouns = statement.query_map([Sql(organisation)], |row| Ok(row.get::<_, Json<T>>(0)?.0))?;
    nouns.collect::<Result<_, _>>().map_err(damaged(table, format_args!("of organisation {organisation}")))
}

/// The noun in the one row that the statement finds.
pub(crate) fn body<T: DeserializeOwned>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> rusqlite::Result<Option<T>> {
    connection.prepare_cached(sql)?.query_row(params, |row| Ok(row.get::<_, Json<T>>(0)?.0)).optional()
}
