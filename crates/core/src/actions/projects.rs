//! Projects: what time is spent on.

use super::{ActionError, Caller, Context, Refusal};
use crate::{Project, ProjectId};

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
        Some(_) => Err(Refusal::invalid(pointer, "this project is archived; choose another").into()),
        None => Err(Refusal::invalid(pointer, "there is no such project").into()),
    }
}
