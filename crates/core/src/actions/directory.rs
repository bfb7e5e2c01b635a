//! What every change of an organisation's nouns has in common.

use super::{ActionError, Caller, Context, Refusal};
use crate::{
    Member, Reason,
    journal::{DirectoryChange, Revision},
    policy::{self, Action, Target},
    store::Directory,
};

/// All of the organisation's nouns, for the lists and names that every member sees. Its members are for those who
/// may read them: [`super::members::list_members`].
///
/// # Errors
/// [`Refusal::Forbidden`], or the store's error.
pub(super) async fn read_directory(context: Context<'_>, caller: &Caller) -> Result<Directory, ActionError> {
    caller.authorize(Action::ReadOrganisation, Target::Organisation)?;
    let directory = context.store.load_directory(&caller.scope()).await?;
    directory.ok_or_else(|| Refusal::NotFound("organisation").into())
}

/// The caller as they stand at the head that the decision is made on: whoever was demoted or archived a moment ago
/// changes nothing more, however fresh their session looks.
///
/// # Errors
/// [`Refusal::Forbidden`] where the policy no longer permits it.
pub(super) fn expect_permitted<'a>(
    directory: &'a Directory,
    caller: &Caller,
    action: Action,
    target: Target,
) -> Result<&'a Member, Refusal> {
    let actor = directory.members.iter().find(|member| member.id == caller.member.id);
    actor.filter(|actor| policy::permits(actor, action, target)).ok_or(Refusal::Forbidden)
}

/// # Errors
/// [`Refusal::Stale`] where the noun is no longer the version that the caller read.
pub(super) const fn expect_version(current: u32, expected: u32) -> Result<(), Refusal> {
    if current == expected { Ok(()) } else { Err(Refusal::Stale { current }) }
}

/// Whether a reader takes two names for the same: letter case does not count.
pub(super) fn same_name(left: &str, right: &str) -> bool {
    left.to_lowercase() == right.to_lowercase()
}

/// A name that something of this kind has already, and what to do about it.
pub(super) fn duplicate(kind: Kind, name: &str, archived: bool) -> Refusal {
    let (code, noun) = match (kind, archived) {
        (Kind::Client, false) => ("client_exists", "client"),
        (Kind::Client, true) => ("client_archived", "client"),
        (Kind::Project, false) => ("project_exists", "project"),
        (Kind::Project, true) => ("project_archived", "project"),
        (Kind::Tag, false) => ("tag_exists", "tag"),
        (Kind::Tag, true) => ("tag_archived", "tag"),
    };
    let detail = if archived {
        format!(
            "there is an archived {noun} called “{name}”; take it out of the archive or choose another name"
        )
    } else {
        format!("there is a {noun} called “{name}” already; choose another name")
    };
    Refusal::Duplicate(Reason::new(code, detail).with("name", name))
}

/// What bears a name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Client,
    Project,
    Tag,
}

/// What a decision makes of one noun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decided<T> {
    /// As it is from now on.
    pub(super) after: T,
    /// What the journal gets; nothing where the request asked for what was there already. Such a request is
    /// answered with the version that stands: nothing happened, so there is nothing to prove.
    pub(super) changes: Vec<DirectoryChange>,
}

impl<T: Clone> Decided<T> {
    /// It is new.
    pub(super) fn created(after: T, change: impl Fn(Revision<T>) -> DirectoryChange) -> Self {
        Self { changes: vec![change(Revision { before: None, after: after.clone() })], after }
    }

    /// It is as it was.
    pub(super) const fn unchanged(after: T) -> Self {
        Self { after, changes: Vec::new() }
    }

    /// It was `before`.
    pub(super) fn edited(before: &T, after: T, change: impl Fn(Revision<T>) -> DirectoryChange) -> Self {
        let revision = Revision { before: Some(before.clone()), after: after.clone() };
        Self { after, changes: vec![change(revision)] }
    }
}
