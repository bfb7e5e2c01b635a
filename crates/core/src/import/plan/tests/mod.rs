//! Plans of small files.

mod names;
mod overlaps;

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;

use super::*;
use crate::{
    Client, DurationFormat, Email, Entry, EntryDraft, EntryId, EntrySource, Label, Labels, Locale, Member,
    MemberId, Name, Note, Organisation, OrganisationId, Project, ProjectId, Role, Tag, TagId,
    import::{ImportReport, OverlapPolicy, ParsedFile, ReadOptions, RefusalCode, read},
    journal::{DirectoryChange, Head},
    store::Directory,
    time::{FirstDayOfWeek, Instant, Span, Zone},
};

fn zone() -> Zone {
    Zone::named("Europe/Vienna").expect("bundled")
}

fn id(number: u8) -> [u8; 16] {
    [number; 16]
}

fn organisation() -> OrganisationId {
    OrganisationId::from_bytes(id(1))
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn now() -> jiff::Timestamp {
    jiff::Timestamp::UNIX_EPOCH
}

fn directory(members: Vec<Member>) -> Directory {
    Directory {
        head: Head::EMPTY,
        organisation: Organisation {
            id: organisation(),
            name: name("Org"),
            time_zone: zone(),
            first_day_of_week: FirstDayOfWeek::MONDAY,
            week_target_seconds: 0,
            version: 1,
            created_at: now(),
        },
        members,
        projects: Vec::new(),
        clients: Vec::new(),
        tags: Vec::new(),
    }
}

fn member(number: u8, called: &str, email: Option<&str>) -> Member {
    Member {
        id: MemberId::from_bytes(id(number)),
        account: None,
        name: name(called),
        email: email.map(|email| Email::new(email).expect("an address")),
        role: Role::Member,
        time_zone: zone(),
        locale: Locale::En,
        duration_format: DurationFormat::Clock,
        archived: false,
        erased: false,
        version: 1,
        created_at: now(),
    }
}

/// Rows of `User,Email,Client,Project,Start date,Start time,Duration,Tags`.
fn file(rows: &[&str]) -> ParsedFile {
    let text =
        format!("User,Email,Client,Project,Start date,Start time,Duration,Tags\n{}\n", rows.join("\n"));
    read(text.as_bytes(), &ReadOptions { source: None, time_zone: zone(), date_order: None })
        .expect("readable")
}

fn ids(identified: &Identified) -> Vec<Vec<EntryId>> {
    identified.candidates.iter().map(|rows| rows.iter().map(|row| row.id).collect()).collect()
}

fn resolutions(plan: &ImportPlan) -> Vec<String> {
    let settled = plan.members.iter().flat_map(|member| &member.settled);
    let word = |settled: &Settled| match &settled.resolution {
        Resolution::AlreadyImported => "already".to_owned(),
        Resolution::Whole => "whole".to_owned(),
        Resolution::Trimmed(start, end, by) => {
            format!("{} s, behind {:?}", end.seconds_since(*start), by.line)
        }
        Resolution::Refused(by) => format!("refused by {:?}", by.line),
        Resolution::Skipped(by) => format!("skipped for {:?}", by.line),
    };
    settled.map(word).collect()
}

fn planned(
    file: &ParsedFile,
    existing: &HashMap<MemberId, ExistingTime>,
    overlaps: OverlapPolicy,
) -> ImportPlan {
    ImportPlan::new(file, &Identified::new(file, organisation(), &directory(Vec::new())), existing, overlaps)
}
