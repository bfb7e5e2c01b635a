//! Files that no tool should have written.

use foreign_exports::malformed::{self, BadCell, Blame, Malformed};
use serde_json::Value;

use super::support::{exported, number, send, text};
use crate::support::{Client, TestServer};

#[tokio::test]
async fn each_malformed_file_is_refused_with_its_line_and_column_and_the_sound_rows_come_in() {
    for file in malformed::all() {
        let (_server, owner) = TestServer::owner().await;
        match &file.blame {
            Blame::File => is_refused_whole(&owner, &file).await,
            Blame::NoRows => holds_no_rows(&owner, &file).await,
            Blame::DateOrder { column } => is_asked_about(&owner, &file, column).await,
            Blame::Cells(cells) => is_refused_in_part(&owner, &file, cells).await,
        }
    }
}

async fn expect_nothing_written(owner: &Client, file: &Malformed) {
    assert!(exported(owner).await.is_empty(), "{}", file.name);
    let imports = owner.get("/imports").await.expect(200).json();
    assert_eq!(imports["imports"].as_array().map(Vec::len), Some(0), "{}: {imports}", file.name);
    let members = owner.get("/members").await.expect(200).json();
    assert_eq!(members["members"].as_array().map(Vec::len), Some(1), "{}: {members}", file.name);
}

async fn is_refused_whole(owner: &Client, file: &Malformed) {
    let problem = send(owner, &file.bytes, file.time_zone, false, "").await.expect_problem(422, "invalid");
    let errors = problem["errors"].as_array().expect("errors");
    assert_eq!(errors.len(), 1, "{}: {problem}", file.name);
    assert!(text(&errors[0]["detail"]).len() > 20, "{}: {problem}", file.name);
    expect_nothing_written(owner, file).await;
}

async fn holds_no_rows(owner: &Client, file: &Malformed) {
    let report = send(owner, &file.bytes, file.time_zone, false, "").await.expect(201).json();
    assert_eq!(number(&report, "rows/total"), 0, "{}", file.name);
    expect_nothing_written(owner, file).await;
}

async fn is_asked_about(owner: &Client, file: &Malformed, column: &str) {
    let detail = send(owner, &file.bytes, file.time_zone, false, "").await.expect_invalid("/date_order");
    assert!(detail.contains("line 2") && detail.contains(column), "{}: {detail}", file.name);
    expect_nothing_written(owner, file).await;
    let sound = i64::try_from(file.sound_rows).expect("a count");
    for order in ["dmy", "mdy"] {
        let more = format!("&date_order={order}");
        let report = send(owner, &file.bytes, file.time_zone, true, &more).await.expect(200).json();
        assert_eq!(number(&report, "rows/ready"), sound, "{}: {report}", file.name);
        assert_eq!(report["date_order"], order);
    }
}

async fn is_refused_in_part(owner: &Client, file: &Malformed, cells: &[BadCell]) {
    let report = send(owner, &file.bytes, file.time_zone, false, "").await.expect(201).json();
    let count = |count: usize| i64::try_from(count).expect("a count");
    assert_eq!(number(&report, "rows/ready"), count(file.sound_rows), "{}: {report}", file.name);
    assert_eq!(number(&report, "rows/refused"), count(cells.len()), "{}: {report}", file.name);
    let refused = report["refused"].as_array().expect("a list");
    let lines: Vec<_> = refused.iter().map(|refusal| refusal["line"].as_u64()).collect();
    let expected: Vec<_> = cells.iter().map(|cell| Some(cell.line)).collect();
    assert_eq!(lines, expected, "{}: {report}", file.name);
    for (refusal, cell) in refused.iter().zip(cells) {
        expect_fair(refusal, cell, file);
    }
    assert_eq!(exported(owner).await.len(), file.sound_rows, "{}", file.name);
}

/// The column is one that may fairly be named; a value is shown short and never with what a terminal would obey.
fn expect_fair(refusal: &Value, cell: &BadCell, file: &Malformed) {
    let column = text(&refusal["column"]);
    assert!(
        cell.columns.is_empty() || cell.columns.contains(&column.as_str()),
        "{}: {refusal} not in {:?}",
        file.name,
        cell.columns
    );
    assert!(text(&refusal["detail"]).len() > 10, "{}: {refusal}", file.name);
    assert!(text(&refusal["value"]).chars().count() <= 81, "{}: {refusal}", file.name);
}
