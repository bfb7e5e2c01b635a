//! Dry run, import, export, again, undo: for every form of both tools' exports.

use foreign_exports::{
    Expected, Generated, SMALLEST_WITH_EVERY_CASE, Tool, Truth, TruthRow, Variant, generate,
};
use serde_json::Value;

use super::support::{
    days_of, days_of_json, exported, number, reported_days, send, text, true_days, true_entries,
};
use crate::support::{Client, TestServer};

/// Forms that are imported long; the others have every planted case and little more.
const LONG: [&str; 4] = ["plain", "shuffled-without-ends", "classic", "everything"];

#[tokio::test]
async fn every_form_of_toggl_comes_in_to_the_second_and_goes_out_again() {
    for variant in Variant::all(Tool::Toggl) {
        story(variant).await;
    }
}

#[tokio::test]
async fn every_form_of_clockify_comes_in_to_the_second_and_goes_out_again() {
    for variant in Variant::all(Tool::Clockify) {
        story(variant).await;
    }
}

async fn story(variant: &Variant) {
    let rows = if LONG.contains(&variant.name) { 1000 } else { SMALLEST_WITH_EVERY_CASE + 20 };
    let Generated { csv, truth } = generate(variant.tool, variant, rows, 11);
    let (_server, owner) = TestServer::owner().await;
    let place = format!("{} {}", truth.tool, truth.variant);

    let dry = send(&owner, &csv, truth.time_zone, true, "").await.expect(200).json();
    expect_report(&dry, &truth, true, &place);
    assert!(exported(&owner).await.is_empty(), "{place}: a dry run writes nothing");
    assert_eq!(number_of_imports(&owner).await, 0, "{place}");

    let done = send(&owner, &csv, truth.time_zone, false, "").await.expect(201).json();
    expect_report(&done, &truth, false, &place);
    expect_all_there(&owner, &truth, &place).await;

    let again = send(&owner, &csv, truth.time_zone, false, "").await.expect(201).json();
    let accepted = i64::try_from(truth.accepted_count).expect("a count");
    assert_eq!((number(&again, "rows/ready"), number(&again, "total_seconds")), (0, 0), "{place}");
    assert_eq!(number(&again, "rows/already_imported"), accepted, "{place}");
    expect_all_there(&owner, &truth, &place).await;
    expect_listed_once(&owner, &truth, &place).await;

    let undo = format!("/imports/{}/undo", text(&done["import_id"]));
    let undone = owner.post_bare(undo).await.expect(200).json();
    assert_eq!(number(&undone, "entries"), accepted, "{place}");
    assert_eq!(number(&undone, "seconds"), truth.accepted_seconds, "{place}");
    assert!(exported(&owner).await.is_empty(), "{place}: all of it is out again");
}

fn expect_report(report: &Value, truth: &Truth, dry_run: bool, place: &str) {
    let count = |count: usize| i64::try_from(count).expect("a count");
    assert_eq!(report["dry_run"], dry_run, "{place}");
    assert_eq!(report["source"], truth.tool, "{place}");
    assert_eq!(report["date_order"], truth.date_order, "{place}");
    assert_eq!(report["delimiter"], truth.delimiter.to_string(), "{place}");
    assert_eq!(lines(&report["refused"]), true_lines(truth, Expected::Ambiguous), "{place}");
    assert_eq!(lines(&report["overlaps"]), true_lines(truth, Expected::Overlap), "{place}");
    assert_eq!(number(report, "rows/total"), count(truth.row_count), "{place}");
    assert_eq!(number(report, "rows/ready"), count(truth.accepted_count), "{place}");
    let refused = count(truth.overlap_count + truth.ambiguous_count);
    assert_eq!(number(report, "rows/refused"), refused, "{place}");
    for refusal in report["refused"].as_array().expect("a list") {
        assert_eq!(refusal["code"], "ambiguous_local_time", "{place}: {refusal}");
    }
    for overlap in report["overlaps"].as_array().expect("a list") {
        expect_in_the_way(overlap, truth, place);
    }
    assert_eq!(reported_days(report), true_days(truth), "{place}");
    assert_eq!(number(report, "total_seconds"), truth.accepted_seconds, "{place}");
}

/// The row on `other_line` is an accepted one of the same person that shares time with the row on `line`.
fn expect_in_the_way(overlap: &Value, truth: &Truth, place: &str) {
    let row = |field: &str| {
        let line = overlap[field].as_u64();
        truth.rows.iter().find(|row| Some(row.line) == line).unwrap_or_else(|| panic!("{place}: {overlap}"))
    };
    let span = |row: &TruthRow| {
        let instant = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
        let span: (Option<jiff::Timestamp>, Option<jiff::Timestamp>) =
            (instant(&row.start_utc), instant(&row.end_utc));
        (span.0.expect("one reading"), span.1.expect("one reading"))
    };
    let (one, other) = (row("line"), row("other_line"));
    let (a, b) = (span(one), span(other));
    assert!(other.expected == Expected::Accepted && one.email == other.email, "{place}: {overlap}");
    assert!(a.0 < b.1 && b.0 < a.1, "{place}: {overlap}");
    assert_eq!(overlap["resolution"], "refused", "{place}");
    assert_eq!(overlap["lost_seconds"], one.seconds, "{place}: {overlap}");
    assert_eq!(overlap["date"], one.work_date, "{place}: {overlap}");
}

async fn expect_all_there(owner: &Client, truth: &Truth, place: &str) {
    let entries = exported(owner).await;
    let expected = true_entries(truth);
    for (found, expected) in entries.iter().zip(&expected) {
        assert_eq!(found, expected, "{place}");
    }
    assert_eq!(entries.len(), expected.len(), "{place}");
    assert_eq!(days_of(&entries), true_days(truth), "{place}");
    assert_eq!(days_of_json(owner).await, true_days(truth), "{place}");
}

async fn number_of_imports(owner: &Client) -> usize {
    owner.get("/imports").await.expect(200).json()["imports"].as_array().expect("a list").len()
}

async fn expect_listed_once(owner: &Client, truth: &Truth, place: &str) {
    let list = owner.get("/imports").await.expect(200).json();
    let imports = list["imports"].as_array().expect("a list");
    assert_eq!(imports.len(), 1, "{place}: {list}");
    assert_eq!(imports[0]["entries"], truth.accepted_count, "{place}");
    assert_eq!(imports[0]["seconds"], truth.accepted_seconds, "{place}");
    assert_eq!(imports[0]["source"], truth.tool, "{place}");
}

fn lines(listed: &Value) -> Vec<u64> {
    let listed = listed.as_array().expect("a list").iter();
    listed.map(|item| item["line"].as_u64().expect("a line")).collect()
}

fn true_lines(truth: &Truth, expected: Expected) -> Vec<u64> {
    truth.rows.iter().filter(|row| row.expected == expected).map(|row| row.line).collect()
}
