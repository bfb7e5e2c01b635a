//! Clients: who pays for projects.

use super::{
    ActionError, Caller, Command, Context, DirectoryDecision, Refusal, change_directory,
    directory::{Decided, Kind, duplicate, expect_permitted, expect_version, read_directory, same_name},
};
use crate::{
    Client, ClientId, Name, Reason,
    journal::{DirectoryChange, Operation},
    policy::{Action, Target},
    store::{Answer, Directory},
};

/// What changes in a client; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClientEdit {
    /// Its name.
    pub name: Option<Name>,
    /// Whether it is archived.
    pub archived: Option<bool>,
}

/// All clients by name, archived ones too.
///
/// # Errors
/// [`Refusal::Forbidden`], or the store's error.
pub async fn list_clients(context: Context<'_>, caller: &Caller) -> Result<Vec<Client>, ActionError> {
    Ok(read_directory(context, caller).await?.clients)
}

/// One client.
///
/// # Errors
/// [`Refusal::NotFound`], [`Refusal::Forbidden`], or the store's error.
pub async fn find_client(context: Context<'_>, caller: &Caller, id: ClientId) -> Result<Client, ActionError> {
    let clients = read_directory(context, caller).await?.clients;
    clients.into_iter().find(|client| client.id == id).ok_or_else(|| Refusal::NotFound("client").into())
}

/// Makes a client.
///
/// # Errors
/// [`Refusal::Forbidden`], [`Refusal::Duplicate`], or the store's error.
pub async fn create_client(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    name: &Name,
    render: impl Fn(&Client) -> Answer + Send + Sync,
) -> Result<Answer, ActionError> {
    caller.authorize(Action::WriteProjects, Target::Organisation)?;
    let now = context.time.now();
    let id = ClientId::generate(now, context.random);
    change_directory(context, caller, command, now, |directory| {
        expect_permitted(directory, caller, Action::WriteProjects, Target::Organisation)?;
        let Decided { after, changes } = created(directory, id, name)?;
        Ok(DirectoryDecision { operation: Operation::ClientCreate, changes, answer: render(&after) })
    })
    .await
}

/// Changes a client.
///
/// # Errors
/// [`Refusal::Forbidden`], [`Refusal::NotFound`], [`Refusal::Stale`], [`Refusal::Duplicate`];
/// [`Refusal::NotAllowed`] for archiving it while it has active projects.
pub async fn edit_client(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    id: ClientId,
    expected_version: u32,
    edit: &ClientEdit,
    render: impl Fn(&Client) -> Answer + Send + Sync,
) -> Result<Answer, ActionError> {
    caller.authorize(Action::WriteProjects, Target::Organisation)?;
    change_directory(context, caller, command, context.time.now(), |directory| {
        expect_permitted(directory, caller, Action::WriteProjects, Target::Organisation)?;
        let Decided { after, changes } = edited(directory, id, expected_version, edit)?;
        Ok(DirectoryDecision { operation: Operation::ClientEdit, changes, answer: render(&after) })
    })
    .await
}

fn created(directory: &Directory, id: ClientId, name: &Name) -> Result<Decided<Client>, Refusal> {
    let client = Client { id, name: name.clone(), archived: false, version: 1 };
    expect_free_name(directory, &client)?;
    Ok(Decided::created(client, DirectoryChange::Client))
}

fn edited(
    directory: &Directory,
    id: ClientId,
    expected_version: u32,
    edit: &ClientEdit,
) -> Result<Decided<Client>, Refusal> {
    let before = directory.clients.iter().find(|client| client.id == id);
    let before = before.ok_or(Refusal::NotFound("client"))?;
    expect_version(before.version, expected_version)?;
    let mut after = before.clone();
    after.name = edit.name.clone().unwrap_or(after.name);
    after.archived = edit.archived.unwrap_or(after.archived);
    if after == *before {
        return Ok(Decided::unchanged(after));
    }
    if after.archived && !before.archived {
        expect_no_active_projects(directory, before)?;
    }
    expect_free_name(directory, &after)?;
    after.version += 1;
    Ok(Decided::edited(before, after, DirectoryChange::Client))
}

fn expect_no_active_projects(directory: &Directory, client: &Client) -> Result<(), Refusal> {
    let of_client = |project: &&crate::Project| project.client_id == Some(client.id) && !project.archived;
    let name = &client.name;
    let count = directory.projects.iter().filter(of_client).count();
    let detail = match count {
        0 => return Ok(()),
        1 => format!("“{name}” still has 1 active project; archive it first, or give it to another client"),
        _ => format!(
            "“{name}” still has {count} active projects; archive them first, or give them to another client"
        ),
    };
    let reason = Reason::new("active_projects", detail).with("name", name).with("count", count);
    Err(Refusal::NotAllowed(reason))
}

fn expect_free_name(directory: &Directory, after: &Client) -> Result<(), Refusal> {
    let same = |other: &&Client| other.id != after.id && same_name(&other.name, &after.name);
    let other = directory.clients.iter().find(same);
    other.map_or(Ok(()), |other| Err(duplicate(Kind::Client, &other.name, other.archived)))
}

#[cfg(test)]
mod tests;
