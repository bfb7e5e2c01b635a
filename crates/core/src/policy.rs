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
    /// Erase a member for ever.
    EraseMember,
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
        Action::EraseMember if own => return false,
        Action::WriteOwners | Action::EraseMember => Role::Owner,
    };
    actor.role >= least
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::example::member;

    /// The roles that may do an action to themselves, to another member, and to the organisation, each by its
    /// letter: `m`ember, mana`g`er, `a`dmin, `o`wner. The match makes an action without a row a compile error.
    macro_rules! table {
        ($($action:ident $own:literal $other:literal $organisation:literal;)+) => {
            const TABLE: &[(Action, [&str; 3])] = &[$((Action::$action, [$own, $other, $organisation]),)+];

            const fn has_row(action: Action) -> bool {
                match action {
                    $(Action::$action => true,)+
                }
            }
        };
    }

    table! {
        //                 own     other   organisation
        Clock              "mgao"  ""      "";
        ReadTime           "mgao"  "gao"   "gao";
        WriteTime          "mgao"  "gao"   "gao";
        ReadOrganisation   "mgao"  "mgao"  "mgao";
        WriteProjects      "gao"   "gao"   "gao";
        ReadMembers        "mgao"  "gao"   "gao";
        WriteOwnSettings   "mgao"  ""      "";
        WriteMembers       "ao"    "ao"    "ao";
        WriteOwners        "o"     "o"     "o";
        EraseMember        ""      "o"     "o";
        WriteOrganisation  "ao"    "ao"    "ao";
        Import             "ao"    "ao"    "ao";
    }

    const LETTERS: [(Role, char); 4] =
        [(Role::Member, 'm'), (Role::Manager, 'g'), (Role::Admin, 'a'), (Role::Owner, 'o')];

    fn targets() -> [Target; 3] {
        let (own, other) = (member(1, Role::Member).id, member(2, Role::Member).id);
        [Target::Member(own), Target::Member(other), Target::Organisation]
    }

    #[test]
    fn each_role_may_do_exactly_what_the_table_says() {
        for (action, cells) in TABLE {
            assert!(has_row(*action));
            for (target, permitted) in targets().into_iter().zip(cells) {
                for (role, letter) in LETTERS {
                    let may = permits(&member(1, role), *action, target);
                    assert_eq!(may, permitted.contains(letter), "{role:?} {action:?} {target:?}");
                }
            }
        }
    }

    #[test]
    fn an_archived_member_may_do_nothing_whatever_their_role() {
        for (action, _) in TABLE {
            for target in targets() {
                for role in Role::ALL {
                    let archived = Member { archived: true, ..member(1, role) };
                    assert!(!permits(&archived, *action, target), "{role:?} {action:?} {target:?}");
                }
            }
        }
    }
}
