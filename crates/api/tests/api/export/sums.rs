//! Rows that sum to the timesheet's total, in every format (I7).

use calamine::Reader;
use serde_json::{Value, json};

use super::sheets::{column, csv, json as exported, workbook, xlsx};
use crate::{
    clock::clocked_in,
    support::{Client, TestServer},
    timesheets::quarter::{Quarter, RANGE},
};

fn sum(cells: &[&str]) -> i64 {
    cells.iter().filter(|cell| !cell.is_empty()).map(|cell| cell.parse::<i64>().expect("whole seconds")).sum()
}

async fn timesheet(client: &Client, filter: &str) -> Value {
    client.get(format!("/timesheets?{RANGE}{filter}&limit=1000")).await.expect(200).json()
}

#[tokio::test]
async fn each_format_sums_to_the_timesheets_total_to_the_second() {
    let (_server, team) = TestServer::team().await;
    let quarter = Quarter::worked(&team, 4).await;
    let project = quarter.projects[0]["id"].as_str().expect("an id");
    for filter in ["&member_id=all", "", &format!("&member_id=all&project_id={project}")] {
        let (sheet, query) = (timesheet(&team.owner, filter).await, format!("&{RANGE}{filter}"));
        let total = sheet["total_seconds"].as_i64().expect("seconds");
        assert!(total > 0);

        let rows = csv(&team.owner, &query).await;
        assert_eq!(sum(&column(&rows, "Seconds")), total, "{filter}");
        let ids: Vec<&Value> =
            sheet["entries"].as_array().expect("entries").iter().map(|entry| &entry["id"]).collect();
        assert_eq!(column(&rows, "Entry"), ids);

        let rows = xlsx(&team.owner, &query).await;
        let seconds = column(&rows, "Seconds");
        let (last, entries) = seconds.split_last().expect("the total");
        assert_eq!((sum(entries), last.parse()), (total, Ok(total)), "{filter}");
        assert_eq!(column(&rows, "Entry")[..ids.len()], ids);

        let file = team.owner.get(format!("/export?format=json{query}")).await.expect(200).json();
        assert_eq!((&file["entries"], &file["total_seconds"]), (&sheet["entries"], &json!(total)));
    }
}

#[tokio::test]
async fn a_workbook_has_real_dates_and_a_sum_that_excel_computes() {
    let (_server, owner) = TestServer::owner().await;
    let night = json!({"start": "2026-03-28T22:00:00+01:00", "end": "2026-03-29T06:00:00+02:00"});
    owner.post("/timesheets", night).await.expect(201);
    let rows = xlsx(&owner, "").await;
    // Days since 1899-12-30, by the clock on the wall.
    assert_eq!(column(&rows, "Start")[0], (46_109.0 + 22.0 / 24.0).to_string());
    assert_eq!((column(&rows, "End")[0], column(&rows, "Work date")[0]), ("46110.25", "46109"));
    assert_eq!(column(&rows, "Seconds"), ["25200", "25200"]);
    let formulas = workbook(&owner, "").await.worksheet_formula("Entries").expect("formulas");
    let formulas: Vec<&String> = formulas.used_cells().map(|(_, _, formula)| formula).collect();
    assert_eq!(formulas, ["SUM(L2:L2)"]);
}

#[tokio::test]
async fn the_open_entry_has_neither_end_nor_seconds() {
    let (_server, owner) = TestServer::owner().await;
    let open = clocked_in(&owner).await;
    let rows = csv(&owner, "").await;
    assert_eq!((column(&rows, "End"), column(&rows, "Seconds")), (vec![""], vec![""]));
    assert_eq!(column(&rows, "Start"), ["2026-03-02T09:00:00+01:00"]);
    let rows = xlsx(&owner, "").await;
    assert_eq!((column(&rows, "End")[0], column(&rows, "Seconds")), ("", vec!["", "0"]));
    let file = exported(&owner, "").await;
    assert_eq!(file, json!({"entries": [open], "total_seconds": 0}));
}

#[tokio::test]
async fn nothing_is_a_file_too() {
    let (_server, owner) = TestServer::owner().await;
    assert_eq!(csv(&owner, "").await.len(), 1);
    assert_eq!(xlsx(&owner, "").await[0], csv(&owner, "").await[0]);
    assert_eq!(exported(&owner, "").await, json!({"entries": [], "total_seconds": 0}));
}
