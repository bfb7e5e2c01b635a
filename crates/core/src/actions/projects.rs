//! Projects: what time is spent on.

use super::{
    ActionError, Caller, Command, Context, DirectoryDecision, Refusal, change_directory,
    directory::{Decided, Kind, duplicate, expect_permitted, expect_version, read_directory, same_name},
};
use crate::{
    ClientId, Color, Name, Project, ProjectId, Reason,
    journal::{DirectoryChange, Operation},
    policy::{Action, Target},
    store::{Answer, Directory},
};

/// A project to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProject {
    /// Unique among the client's projects.
    pub name: Name,
    /// Who pays.
    pub client_id: Option<ClientId>,
    /// One of the twelve colours; the next in turn where `None`.
    pub color: Option<Color>,
    /// Whether new entries on it are billable; not where `None`.
    pub billable: Option<bool>,
}

/// What changes in a project; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectEdit {
    /// Its name.
    pub name: Option<Name>,
    /// Who pays: `Some(None)` for nobody.
    pub client_id: Option<Option<ClientId>>,
    /// Its colour.
    pub color: Option<Color>,
    /// Whether new entries on it are billable; entries that exist stay as they are.
    pub billable: Option<bool>,
    /// Whether it is archived.
    pub archived: Option<bool>,
}

/// All projects by name, archived ones too.
///
/// # Errors
/// [`Refusal::Forbidden`], or the store's error.
pub async fn list_projects(context: Context<'_>, caller: &Caller) -> Result<Vec<Project>, ActionError> {
    Ok(read_directory(context, caller).await?.projects)
}

/// One project.
///
/// # Errors
/// [`Refusal::NotFound`], [`Refusal::Forbidden`], or the store's error.
pub async fn find_project(
    context: Context<'_>,
    caller: &Caller,
    id: ProjectId,
) -> Result<Project, ActionError> {
    caller.authorize(Action::ReadOrganisation, Target::Organisation)?;
    let project = context.store.find_project(&caller.scope(), id).await?;
    project.ok_or_else(|| Refusal::NotFound("project").into())
}

/// Makes a project.
///
/// # Errors
/// [`Refusal::Forbidden`], [`Refusal::Duplicate`]; [`Refusal::Invalid`] for an unknown or archived client.
pub async fn create_project(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    request: &NewProject,
    render: impl Fn(&Project) -> Answer + Send + Sync,
) -> Result<Answer, ActionError> {
    caller.authorize(Action::WriteProjects, Target::Organisation)?;
    let now = context.time.now();
    let id = ProjectId::generate(now, context.random);
    change_directory(context, caller, command, now, |directory| {
        expect_permitted(directory, caller, Action::WriteProjects, Target::Organisation)?;
        let Decided { after, changes } = created(directory, id, request)?;
        Ok(DirectoryDecision { operation: Operation::ProjectCreate, changes, answer: render(&after) })
    })
    .await
}

/// Changes a project.
///
/// # Errors
/// [`Refusal::Forbidden`], [`Refusal::NotFound`], [`Refusal::Stale`], [`Refusal::Duplicate`]; [`Refusal::Invalid`] for
/// an unknown or archived client; [`Refusal::NotAllowed`] for taking it out of the archive before its client.
pub async fn edit_project(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    id: ProjectId,
    expected_version: u32,
    edit: &ProjectEdit,
    render: impl Fn(&Project) -> Answer + Send + Sync,
) -> Result<Answer, ActionError> {
    caller.authorize(Action::WriteProjects, Target::Organisation)?;
    change_directory(context, caller, command, context.time.now(), |directory| {
        expect_permitted(directory, caller, Action::WriteProjects, Target::Organisation)?;
        let Decided { after, changes } = edited(directory, id, expected_version, edit)?;
        Ok(DirectoryDecision { operation: Operation::ProjectEdit, changes, answer: render(&after) })
    })
    .await
}

fn created(directory: &Directory, id: ProjectId, request: &NewProject) -> Result<Decided<Project>, Refusal> {
    let project = Project {
        id,
        name: request.name.clone(),
        client_id: request.client_id,
        color: request.color.unwrap_or_else(|| Color::for_index(directory.projects.len())),
        billable: request.billable.unwrap_or(false),
        archived: false,
        version: 1,
    };
    expect_client(directory, &project, None)?;
    expect_free_name(directory, &project)?;
    Ok(Decided::created(project, DirectoryChange::Project))
}

fn edited(
    directory: &Directory,
    id: ProjectId,
    expected_version: u32,
    edit: &ProjectEdit,
) -> Result<Decided<Project>, Refusal> {
    let before = directory.projects.iter().find(|project| project.id == id);
    let before = before.ok_or(Refusal::NotFound("project"))?;
    expect_version(before.version, expected_version)?;
    let mut after = before.clone();
    after.name = edit.name.clone().unwrap_or(after.name);
    after.client_id = edit.client_id.unwrap_or(after.client_id);
    after.color = edit.color.unwrap_or(after.color);
    after.billable = edit.billable.unwrap_or(after.billable);
    after.archived = edit.archived.unwrap_or(after.archived);
    if after == *before {
        return Ok(Decided::unchanged(after));
    }
    expect_client(directory, &after, Some(before))?;
    expect_free_name(directory, &after)?;
    after.version += 1;
    Ok(Decided::edited(before, after, DirectoryChange::Project))
}

/// The client exists, and no active project belongs to an archived one.
fn expect_client(directory: &Directory, after: &Project, before: Option<&Project>) -> Result<(), Refusal> {
    let Some(id) = after.client_id else { return Ok(()) };
    let client = directory.clients.iter().find(|client| client.id == id);
    let client = client.ok_or_else(|| {
        Refusal::invalid("/client_id", Reason::new("unknown_client", "there is no such client"))
    })?;
    if after.archived || !client.archived {
        return Ok(());
    }
    if before.is_some_and(|before| before.client_id == after.client_id) {
        let detail = format!(
            "the project's client “{}” is archived; take the client out of the archive first",
            client.name
        );
        return Err(Refusal::NotAllowed(
            Reason::new("client_still_archived", detail).with("name", &client.name),
        ));
    }
    Err(Refusal::invalid(
        "/client_id",
        Reason::new("archived_client", "this client is archived; choose another"),
    ))
}

fn expect_free_name(directory: &Directory, after: &Project) -> Result<(), Refusal> {
    let other = directory.projects.iter().find(|other| {
        other.id != after.id && other.client_id == after.client_id && same_name(&other.name, &after.name)
    });
    other.map_or(Ok(()), |other| Err(duplicate(Kind::Project, &other.name, other.archived)))
}

/// The project that new time may be spent on.
///
/// # Errors
/// [`Refusal::Invalid`] at `pointer` where it is unknown or archived.
pub(super) async fn active_project(
    context: Context<'_>,
    caller: &Caller,
    id: Option<ProjectId>,
    pointer: &str,
) -> Result<Option<Project>, ActionError> {
    let Some(id) = id else { return Ok(None) };
    match context.store.find_project(&caller.scope(), id).await? {
        Some(project) if !project.archived => Ok(Some(project)),
        Some(_) => Err(Refusal::invalid(
            pointer,
            Reason::new("archived_project", "this project is archived; choose another"),
        )
        .into()),
        None => {
            Err(Refusal::invalid(pointer, Reason::new("unknown_project", "there is no such project")).into())
        }
    }
}

#[cfg(test)]
mod tests;
