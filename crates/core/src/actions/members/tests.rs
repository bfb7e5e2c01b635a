//! Decisions about members.

use super::*;
use crate::actions::example::{directory, email, member, name};

fn staffed() -> Directory {
    let mut directory = directory();
    directory.members.push(member(2, Role::Admin));
    directory.members.push(member(3, Role::Member));
    directory
}

fn id(number: u8) -> MemberId {
    MemberId::from_bytes([number; 16])
}

fn to_role(role: Role) -> MemberEdit {
    MemberEdit { role: Some(role), ..Default::default() }
}

fn archive() -> MemberEdit {
    MemberEdit { archived: Some(true), ..Default::default() }
}

fn edit_by(directory: &Directory, actor: usize, target: u8, edit: &MemberEdit) -> Result<Member, Refusal> {
    edited(directory, &directory.members[actor], id(target), 1, edit).map(|decided| decided.after)
}

#[test]
fn only_owners_make_owners() {
    let directory = staffed();
    let new = |role| NewMember { name: name("New"), email: None, role, time_zone: None };
    let [owner, admin, _] = &directory.members[..] else { panic!("three members") };
    let create = |actor, role| created(&directory, actor, id(9), &new(role), Timestamp::UNIX_EPOCH);
    assert_eq!(create(admin, Role::Owner), Err(Refusal::Forbidden));
    assert!(create(admin, Role::Admin).is_ok());
    assert_eq!(create(owner, Role::Owner).map(|decided| decided.after.role), Ok(Role::Owner));
    assert_eq!(edit_by(&directory, 1, 3, &to_role(Role::Owner)), Err(Refusal::Forbidden));
    assert!(edit_by(&directory, 1, 3, &to_role(Role::Admin)).is_ok());
    assert!(edit_by(&directory, 0, 3, &to_role(Role::Owner)).is_ok());
}

#[test]
fn admins_cannot_touch_owners_nor_raise_themselves() {
    let directory = staffed();
    let rename = MemberEdit { name: Some(name("Somebody")), ..Default::default() };
    for edit in [rename, to_role(Role::Member), archive()] {
        assert_eq!(edit_by(&directory, 1, 1, &edit), Err(Refusal::Forbidden), "{edit:?}");
    }
    assert_eq!(edit_by(&directory, 1, 2, &to_role(Role::Owner)), Err(Refusal::Forbidden));
    assert!(edit_by(&directory, 1, 2, &to_role(Role::Member)).is_ok(), "down is allowed");
}

#[test]
fn the_last_owner_who_can_sign_in_stays_owner_and_active() {
    let mut directory = staffed();
    let unfit = [
        Member { account: None, ..member(4, Role::Owner) },
        Member { archived: true, ..member(4, Role::Owner) },
        member(4, Role::Admin),
    ];
    for other in unfit {
        directory.members.truncate(3);
        directory.members.push(other);
        for edit in [to_role(Role::Admin), archive()] {
            let refusal = edit_by(&directory, 0, 1, &edit).expect_err("the last owner");
            assert!(
                matches!(&refusal, Refusal::NotAllowed(reason) if reason.detail.contains("Member 1")),
                "{refusal}"
            );
        }
    }
    directory.members[3] = member(4, Role::Owner);
    for edit in [to_role(Role::Admin), archive()] {
        assert!(edit_by(&directory, 0, 1, &edit).is_ok());
    }
}

#[test]
fn an_address_belongs_to_one_member_archived_or_not() {
    let mut directory = staffed();
    directory.members[2].archived = true;
    let new = |address| NewMember {
        name: name("New"),
        email: Some(email(address)),
        role: Role::Member,
        time_zone: None,
    };
    let create =
        |address| created(&directory, &directory.members[0], id(9), &new(address), Timestamp::UNIX_EPOCH);
    let taken = create("MEMBER3@example.com").expect_err("taken");
    assert!(matches!(taken, Refusal::Duplicate(reason) if reason.detail.contains("Member 3 (archived)")));
    let decided = create("new@example.com").expect("free");
    assert_eq!((decided.after.account, decided.after.version), (None, 1));
    assert_eq!(decided.after.time_zone, directory.organisation.time_zone);
}

#[test]
fn a_stale_edit_is_refused_and_one_that_changes_nothing_leaves_no_record() {
    let directory = staffed();
    let owner = &directory.members[0];
    let same = to_role(Role::Member);
    assert_eq!(edited(&directory, owner, id(3), 2, &same), Err(Refusal::Stale { current: 1 }));
    assert_eq!(
        edited(&directory, owner, id(3), 1, &same),
        Ok(Decided::unchanged(directory.members[2].clone()))
    );
    assert_eq!(edited(&directory, owner, id(9), 1, &same), Err(Refusal::NotFound("member")));
}
