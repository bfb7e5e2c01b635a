//! Tags: the labels that are suggested. Entries carry labels as text, so nothing here changes an entry.

use super::{
    ActionError, Caller, Command, Context, DirectoryDecision, Refusal, change_directory,
    directory::{Decided, Kind, duplicate, expect_permitted, expect_version, read_directory, same_name},
};
use crate::{
    Label, Tag, TagId,
    journal::{DirectoryChange, Operation},
    policy::{Action, Target},
    store::{Answer, Directory},
};

/// What changes in a tag; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TagEdit {
    /// The label.
    pub name: Option<Label>,
    /// Whether it is archived: no longer suggested.
    pub archived: Option<bool>,
}

/// All tags by name, archived ones too.
///
/// # Errors
/// [`Refusal::Forbidden`], or the store's error.
pub async fn list_tags(context: Context<'_>, caller: &Caller) -> Result<Vec<Tag>, ActionError> {
    Ok(read_directory(context, caller).await?.tags)
}

/// One tag.
///
/// # Errors
/// [`Refusal::NotFound`], [`Refusal::Forbidden`], or the store's error.
pub async fn find_tag(context: Context<'_>, caller: &Caller, id: TagId) -> Result<Tag, ActionError> {
    let tags = read_directory(context, caller).await?.tags;
    tags.into_iter().find(|tag| tag.id == id).ok_or_else(|| Refusal::NotFound("tag").into())
}

/// Makes a tag.
///
/// # Errors
/// [`Refusal::Forbidden`], [`Refusal::Duplicate`], or the store's error.
pub async fn create_tag(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    name: &Label,
    render: impl Fn(&Tag) -> Answer + Send + Sync,
) -> Result<Answer, ActionError> {
    caller.authorize(Action::WriteProjects, Target::Organisation)?;
    let now = context.time.now();
    let id = TagId::generate(now, context.random);
    change_directory(context, caller, command, now, |directory| {
        expect_permitted(directory, caller, Action::WriteProjects, Target::Organisation)?;
        let Decided { after, changes } = created(directory, id, name)?;
        Ok(DirectoryDecision { operation: Operation::TagCreate, changes, answer: render(&after) })
    })
    .await
}

/// Changes a tag.
///
/// # Errors
/// [`Refusal::Forbidden`], [`Refusal::NotFound`], [`Refusal::Stale`], [`Refusal::Duplicate`], or the store's error.
pub async fn edit_tag(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    id: TagId,
    expected_version: u32,
    edit: &TagEdit,
    render: impl Fn(&Tag) -> Answer + Send + Sync,
) -> Result<Answer, ActionError> {
    caller.authorize(Action::WriteProjects, Target::Organisation)?;
    change_directory(context, caller, command, context.time.now(), |directory| {
        expect_permitted(directory, caller, Action::WriteProjects, Target::Organisation)?;
        let Decided { after, changes } = edited(directory, id, expected_version, edit)?;
        Ok(DirectoryDecision { operation: Operation::TagEdit, changes, answer: render(&after) })
    })
    .await
}

fn created(directory: &Directory, id: TagId, name: &Label) -> Result<Decided<Tag>, Refusal> {
    let tag = Tag { id, name: name.clone(), archived: false, version: 1 };
    expect_free_name(directory, &tag)?;
    Ok(Decided::created(tag, DirectoryChange::Tag))
}

fn edited(
    directory: &Directory,
    id: TagId,
    expected_version: u32,
    edit: &TagEdit,
) -> Result<Decided<Tag>, Refusal> {
    let before = directory.tags.iter().find(|tag| tag.id == id).ok_or(Refusal::NotFound("tag"))?;
    expect_version(before.version, expected_version)?;
    let mut after = before.clone();
    after.name = edit.name.clone().unwrap_or(after.name);
    after.archived = edit.archived.unwrap_or(after.archived);
    if after == *before {
        return Ok(Decided::unchanged(after));
    }
    expect_free_name(directory, &after)?;
    after.version += 1;
    Ok(Decided::edited(before, after, DirectoryChange::Tag))
}

fn expect_free_name(directory: &Directory, after: &Tag) -> Result<(), Refusal> {
    let same = |other: &&Tag| other.id != after.id && same_name(&other.name, &after.name);
    let other = directory.tags.iter().find(same);
    other.map_or(Ok(()), |other| Err(duplicate(Kind::Tag, &other.name, other.archived)))
}

#[cfg(test)]
mod tests;
