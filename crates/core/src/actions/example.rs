//! An organisation for the tests of decisions.

use jiff::Timestamp;

use crate::{
    AccountId, Client, ClientId, Color, DurationFormat, Email, Label, Locale, Member, MemberId, Name,
    Organisation, OrganisationId, Project, ProjectId, Role, Tag, TagId,
    journal::Head,
    store::Directory,
    time::{FirstDayOfWeek, Zone},
};

/// A name that is known to be one.
pub fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

/// An address that is known to be one.
pub fn email(text: &str) -> Email {
    Email::new(text).expect("an address")
}

/// A member with a sign-in; the same number gives the same ids.
pub fn member(number: u8, role: Role) -> Member {
    Member {
        id: MemberId::from_bytes([number; 16]),
        account: Some(AccountId::from_bytes([number; 16])),
        name: name(&format!("Member {number}")),
        email: Some(email(&format!("member{number}@example.com"))),
        role,
        time_zone: Zone::utc(),
        locale: Locale::En,
        duration_format: DurationFormat::Clock,
        archived: false,
        erased: false,
        version: 1,
        created_at: Timestamp::UNIX_EPOCH,
    }
}

/// A project of `client`, where there is one; the same number gives the same id.
pub fn project(number: u8, text: &str, client: Option<u8>) -> Project {
    Project {
        id: ProjectId::from_bytes([number; 16]),
        name: name(text),
        client_id: client.map(|number| ClientId::from_bytes([number; 16])),
        color: Color::for_index(0),
        billable: false,
        archived: false,
        version: 1,
    }
}

/// A client; the same number gives the same id.
pub fn client(number: u8, text: &str) -> Client {
    Client { id: ClientId::from_bytes([number; 16]), name: name(text), archived: false, version: 1 }
}

/// A tag; the same number gives the same id.
pub fn tag(number: u8, text: &str) -> Tag {
    let name = Label::new(text).expect("a label");
    Tag { id: TagId::from_bytes([number; 16]), name, archived: false, version: 1 }
}

/// An organisation whose only member is owner 1, with nothing else.
pub fn directory() -> Directory {
    Directory {
        head: Head::EMPTY,
        organisation: Organisation {
            id: OrganisationId::from_bytes([1; 16]),
            name: name("Harbour"),
            time_zone: Zone::utc(),
            first_day_of_week: FirstDayOfWeek::MONDAY,
            week_target_seconds: 144_000,
            version: 1,
            created_at: Timestamp::UNIX_EPOCH,
        },
        members: vec![member(1, Role::Owner)],
        projects: Vec::new(),
        clients: Vec::new(),
        tags: Vec::new(),
    }
}
