//! How the engine goes about the reads that grow with the store, asserted as plans instead of seconds.

use rusqlite::Connection;
use vibesheets_core::{
    MemberId, OrganisationId,
    store::{EntryQuery, GroupKey},
    time::DateRange,
};

use super::{filter::Filter, list, load, total};

const ORGANISATION: OrganisationId = OrganisationId::from_bytes([1; 16]);

fn query(member: Option<MemberId>) -> EntryQuery {
    let range = DateRange { first: "2026-03-01".parse().unwrap(), last: "2026-03-31".parse().unwrap() };
    EntryQuery { range, member, projects: None }
}

fn plan(sql: &str) -> String {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(include_str!("../../schema/0001_initial.sql")).unwrap();
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let mut rows = statement.raw_query();
    let mut lines: Vec<String> = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        lines.push(row.get("detail").unwrap());
    }
    lines.join("\n")
}

#[test]
fn everyones_totals_by_date_member_and_project_are_read_from_an_index_alone() {
    let (everyone, keys) = (query(None), [GroupKey::Date, GroupKey::Member, GroupKey::Project]);
    let plan = plan(&total::select(&everyone, &total::filter(ORGANISATION, &everyone), &keys));
    let search = "USING COVERING INDEX entries_totals (organisation=? AND work_date>? AND work_date<?)";
    assert!(plan.contains(search), "{plan}");
}

#[test]
fn a_members_days_are_read_from_an_index_alone() {
    let plan = plan(load::DAYS);
    let search = "COVERING INDEX entries_member (member=? AND deleted=? AND start_at>? AND start_at<?)";
    assert!(plan.contains(search), "{plan}");
}

#[test]
fn the_open_entry_is_one_step_however_many_entries_the_member_has() {
    assert!(plan(&load::open_sql()).contains("INDEX entries_open (member=?)"), "{}", plan(&load::open_sql()));
}

#[test]
fn pages_and_streams_are_read_in_the_order_of_an_index() {
    for (member, index) in [
        (None, "entries_start (organisation=? AND start_at>? AND start_at<?)"),
        (
            Some(MemberId::from_bytes([2; 16])),
            "entries_member (member=? AND deleted=? AND start_at>? AND start_at<?)",
        ),
    ] {
        let query = query(member);
        let filter = Filter::new(ORGANISATION, &query).live().bounded_by_start(query.range);
        let plan = plan(&list::select(&query, &filter));
        assert!(plan.contains(index), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "sorted after reading: {plan}");
    }
}
