//! Nouns for the suite: each is as long and odd as it may be.

use vibesheets_core::{
    Client, ClientId, Color, Import, ImportId, Invitation, InvitationId, Label, MemberId, Name, Project,
    ProjectId, Tag, TagId, import::ImportSource,
};

use crate::support::{Lab, TestOrganisation, timestamp};

pub(super) fn client(lab: &Lab, name: &str) -> Client {
    let id = ClientId::generate(lab.now(), &lab.random);
    Client { id, name: Name::new(name).unwrap(), archived: false, version: 1 }
}

pub(super) fn project(lab: &Lab, name: &str, client: Option<ClientId>) -> Project {
    Project {
        id: ProjectId::generate(lab.now(), &lab.random),
        name: Name::new(name).unwrap(),
        client_id: client,
        color: Color::try_from(12).unwrap(),
        billable: true,
        archived: false,
        version: 1,
    }
}

pub(super) fn tag(lab: &Lab, name: &str) -> Tag {
    let id = TagId::generate(lab.now(), &lab.random);
    Tag { id, name: Label::new(name).unwrap(), archived: true, version: 1 }
}

pub(super) fn invitation(lab: &Lab, member: MemberId) -> Invitation {
    Invitation {
        id: InvitationId::generate(lab.now(), &lab.random),
        member,
        secret_digest: [0xff; 32],
        expires_at: timestamp("2026-03-09T08:00:00.999999999Z"),
        ended_at: None,
    }
}

pub(super) fn import(lab: &Lab, team: &TestOrganisation) -> Import {
    Import {
        id: ImportId::generate(lab.now(), &lab.random),
        source: ImportSource::Clockify,
        file_name: "März \"neu\".csv".to_owned(),
        member: team.owner.member.id,
        members: team.members.iter().map(|caller| caller.member.id).collect(),
        entries: 12,
        seconds: 43_200,
        created_at: lab.now(),
        finished_at: None,
        undone_at: None,
        version: 1,
    }
}
