//! Ids that belong to what they name: the same file makes the same ones again.

use crate::{
    ClientId, EntryId, ImportId, MemberId, OrganisationId, ProjectId, TagId,
    import::{OverlapPolicy, ParsedFile, ParsedRow},
};

/// The import of `file` into the organisation with this way of treating overlaps.
pub fn import_id(organisation: OrganisationId, file: &ParsedFile, overlaps: OverlapPolicy) -> ImportId {
    ImportId::derive(
        "vibesheets import 1",
        &[
            organisation.as_bytes(),
            &file.digest.0,
            file.source.as_str().as_bytes(),
            file.time_zone.name().as_bytes(),
            file.date_order.as_str().as_bytes(),
            overlaps.as_str().as_bytes(),
        ],
    )
}

/// The entry that a row becomes: the `occurrence`th of those that say the same, from 0. It depends on the row as the
/// file has it, so that a trimmed row is known again; and on the member, so that no id is ever two people's.
pub(super) fn entry_id(
    organisation: OrganisationId,
    member: MemberId,
    file: &ParsedFile,
    row: &ParsedRow,
    occurrence: u32,
) -> EntryId {
    let project = row.project.and_then(|place| file.projects.get(place as usize));
    let client = project.and_then(|project| project.client.as_deref()).map(str::to_lowercase);
    let project = project.map(|project| project.name.to_lowercase());
    EntryId::derive_starting_at(
        row.start,
        "vibesheets imported entry 1",
        &[
            organisation.as_bytes(),
            file.source.as_str().as_bytes(),
            member.as_bytes(),
            &row.start.unix_seconds().to_be_bytes(),
            &row.end.unix_seconds().to_be_bytes(),
            client.unwrap_or_default().as_bytes(),
            project.unwrap_or_default().as_bytes(),
            row.note.as_bytes(),
            &occurrence.to_be_bytes(),
        ],
    )
}

/// The member that an address, or else a name, becomes.
pub(super) fn member_id(organisation: OrganisationId, email: Option<&str>, name: &str) -> MemberId {
    let (kind, text) =
        email.map_or_else(|| ("name", name.to_lowercase()), |email| ("email", email.to_owned()));
    MemberId::derive(
        "vibesheets imported member 1",
        &[organisation.as_bytes(), kind.as_bytes(), text.as_bytes()],
    )
}

pub(super) fn client_id(organisation: OrganisationId, name: &str) -> ClientId {
    ClientId::derive(
        "vibesheets imported client 1",
        &[organisation.as_bytes(), name.to_lowercase().as_bytes()],
    )
}

pub(super) fn project_id(organisation: OrganisationId, client: Option<&str>, name: &str) -> ProjectId {
    let client = client.map(str::to_lowercase).unwrap_or_default();
    let name = name.to_lowercase();
    ProjectId::derive(
        "vibesheets imported project 1",
        &[organisation.as_bytes(), client.as_bytes(), name.as_bytes()],
    )
}

pub(super) fn tag_id(organisation: OrganisationId, name: &str) -> TagId {
    TagId::derive("vibesheets imported tag 1", &[organisation.as_bytes(), name.to_lowercase().as_bytes()])
}
