//! Cells that a spreadsheet would run, and the way back through our own import.

use serde_json::{Value, json};

use super::sheets::{column, csv, workbook, xlsx};
use crate::{
    import::support::{number, send},
    support::{Client, TestServer},
};

const DANGEROUS: [&str; 8] = [
    "=1+1",
    "+49 30",
    "-",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "'=1",
    "''-2",
    "=HYPERLINK(\"http://evil\",\"x\")",
];
const HARMLESS: [&str; 5] = ["", "'tis", "1-2", "two\nlines, \"quoted\"", "👩‍🚒 سلام ‏دنیا"];

/// An entry for each note, on a project and a client with names of that kind; the last is open.
async fn worked(owner: &Client) {
    let client = owner.post("/clients", json!({"name": "=Client"})).await.expect(201).json();
    let project = json!({"name": "@Project", "client_id": client["id"]});
    let project = owner.post("/projects", project).await.expect(201).json();
    for (day, note) in (10..).zip(DANGEROUS.into_iter().chain(HARMLESS)) {
        let body = json!({
            "start": format!("2026-02-{day}T22:00:00Z"), "end": format!("2026-02-{}T05:59:59Z", day + 1),
            "note": note, "tags": ["+label", "a, b", "back\\slash"], "project_id": project["id"],
            "time_zone": if day % 2 == 0 { "America/New_York" } else { "Asia/Kathmandu" },
        });
        owner.post("/timesheets", body).await.expect(201);
    }
}

/// What the JSON export says, less what belongs to an organisation.
async fn told(client: &Client) -> Vec<Value> {
    let file = client.get("/export?format=json&member_id=all").await.expect(200).json();
    let fields = ["start", "end", "seconds", "time_zone", "work_date", "note", "tags", "billable"];
    let entries = file["entries"].as_array().expect("entries");
    entries.iter().map(|entry| fields.iter().map(|field| entry[*field].clone()).collect()).collect()
}

#[tokio::test]
async fn no_cell_of_a_csv_begins_with_what_a_spreadsheet_runs() {
    let (_server, owner) = TestServer::owner().await;
    worked(&owner).await;
    let rows = csv(&owner, "").await;
    for cell in rows.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
    }
    let notes = column(&rows, "Note");
    assert_eq!(notes[..DANGEROUS.len()], DANGEROUS.map(|note| format!("'{note}")));
    assert_eq!(notes[DANGEROUS.len()..], HARMLESS);
    assert_eq!((column(&rows, "Client")[0], column(&rows, "Project")[0]), ("'=Client", "'@Project"));
}

#[tokio::test]
async fn a_workbook_holds_them_as_text_and_no_formula_but_its_sum() {
    let (_server, owner) = TestServer::owner().await;
    worked(&owner).await;
    let rows = xlsx(&owner, "").await;
    assert_eq!(column(&rows, "Note")[..DANGEROUS.len()], DANGEROUS);
    let formulas =
        calamine::Reader::worksheet_formula(&mut workbook(&owner, "").await, "Entries").expect("formulas");
    assert_eq!(formulas.used_cells().count(), 1);
}

#[tokio::test]
async fn our_csv_comes_into_another_organisation_as_it_was() {
    let (server, owner) = TestServer::owner().await;
    worked(&owner).await;
    let file = owner.get("/export?format=csv").await.expect(200).body;
    let other = server.stranger().await;
    let report = send(&other, &file, "Pacific/Auckland", false, "").await.expect(201).json();
    assert_eq!((number(&report, "rows/ready"), number(&report, "rows/refused")), (13, 0), "{report}");
    assert_eq!(told(&other).await, told(&owner).await);
    let projects = other.get("/projects").await.json();
    assert_eq!(projects["projects"][0]["name"], "@Project");
    assert_eq!(other.get("/clients").await.json()["clients"][0]["name"], "=Client");
    // And out again as it came in.
    let sent = |rows: &super::sheets::Rows, name: &str| {
        column(rows, name).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let (ours, theirs) = (csv(&owner, "").await, csv(&other, "&member_id=all").await);
    for name in ["Start", "End", "Seconds", "Note", "Tags", "Project", "Client", "Time zone", "Work date"] {
        assert_eq!(sent(&theirs, name), sent(&ours, name), "{name}");
    }
}

#[tokio::test]
async fn an_open_entry_does_not_come_in_and_is_told() {
    let (server, owner) = TestServer::owner().await;
    worked(&owner).await;
    crate::clock::clocked_in(&owner).await;
    let file = owner.get("/export?format=csv").await.expect(200).body;
    let other = server.stranger().await;
    let report = send(&other, &file, "UTC", false, "").await.expect(201).json();
    assert_eq!((number(&report, "rows/ready"), number(&report, "rows/refused")), (13, 1), "{report}");
    assert!(report["refused"][0]["line"].as_i64().is_some_and(|line| line > 13), "{report}");
}
