//! Who may do what to whom, in one place.

use crate::{Member, MemberId, Role};

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Clock in, out, or switch.
    Clock,
    /// Read entries, totals, history and exports.
    ReadTime,
    /// Create, edit, delete and restore entries.
    WriteTime,
    /// Read the organisation's projects, clients, tags and settings.
    ReadOrganisation,
    /// Create, edit and archive projects, clients and tags.
    WriteProjects,
    /// Read members other than oneself.
    ReadMembers,
    /// Change one's own name, zone and language.
    WriteOwnSettings,
    /// Invite, rename, archive members and set roles below owner.
    WriteMembers,
    /// Make owners, and change or archive them.
    WriteOwners,
    /// Change the organisation's name, zone, week and target.
    WriteOrganisation,
    /// Import files and undo imports.
    Import,
}

/// Whose time or place the action touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The organisation, or everyone in it.
    Organisation,
    /// One member.
    Member(MemberId),
}

/// Whether `actor` may do `action` to `target`, all in the actor's own organisation: the store's scope
/// keeps everything else out of sight (I8). An archived member may do nothing.
pub fn permits(actor: &Member, action: Action, target: Target) -> bool {
    if actor.archived {
        return false;
    }
    let own = target == Target::Member(actor.id);
    let least = match action {
        Action::Clock | Action::WriteOwnSettings => return own,
        Action::ReadOrganisation => Role::Member,
        Action::ReadTime | Action::WriteTime | Action::ReadMembers if own => Role::Member,
        Action::ReadTime | Action::WriteTime | Action::ReadMembers | Action::WriteProjects => Role::Manager,
        Action::WriteMembers | Action::WriteOrganisation | Action::Import => Role::Admin,
        Action::WriteOwners => Role::Owner,
    };
    actor.role >= least
}
