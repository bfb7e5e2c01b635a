//! Rows that sum to their total (I7).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::sum_of_rows;
use crate::{
    support::{Client, TestServer},
    timesheets::quarter::{Quarter, RANGE},
};

const KEYS: [(&str, &str); 5] = [
    ("date", "date"),
    ("project", "project_id"),
    ("client", "client_id"),
    ("member", "member_id"),
    ("tag", "tag"),
];

async fn total(client: &Client, filter: &str) -> i64 {
    let sheet = client.get(format!("/timesheets?{RANGE}{filter}&limit=1")).await.expect(200).json();
    sheet["total_seconds"].as_i64().expect("seconds")
}

async fn report(client: &Client, group_by: &str, filter: &str) -> Value {
    client.get(format!("/reports?{RANGE}&group_by={group_by}{filter}")).await.expect(200).json()
}

/// Every choice of one, two or three keys, in every order.
fn groupings() -> Vec<Vec<(&'static str, &'static str)>> {
    let mut all: Vec<Vec<_>> = Vec::new();
    for first in KEYS {
        all.push(vec![first]);
        for second in KEYS.into_iter().filter(|key| *key != first) {
            all.push(vec![first, second]);
            for third in KEYS.into_iter().filter(|key| *key != first && *key != second) {
                all.push(vec![first, second, third]);
            }
        }
    }
    all
}

#[tokio::test]
async fn by_every_grouping_the_rows_sum_to_the_total_of_the_timesheet() {
    let (_server, team) = TestServer::team().await;
    let quarter = Quarter::worked(&team, 1).await;
    let project = quarter.projects[2]["id"].as_str().expect("an id");
    let filters = [
        "&member_id=all".to_owned(),
        String::new(),
        format!("&member_id={}", team.member.member_id()),
        format!("&member_id=all&project_id={project}"),
    ];
    for filter in filters {
        let total = total(&team.owner, &filter).await;
        assert!(total > 0);
        for grouping in groupings() {
            let names: Vec<&str> = grouping.iter().map(|key| key.0).collect();
            let fields: Vec<&str> = grouping.iter().map(|key| key.1).collect();
            let report = report(&team.owner, &names.join(","), &filter).await;
            assert_eq!(sum_of_rows(&report, &fields), total, "{names:?} {filter}");
            assert_eq!(report["total_seconds"], total, "{names:?} {filter}");
        }
    }
}

#[tokio::test]
async fn no_two_rows_are_of_the_same_group_and_each_is_what_its_entries_sum_to() {
    let (_server, team) = TestServer::team().await;
    Quarter::worked(&team, 2).await;
    let path = format!("/timesheets?{RANGE}&member_id=all&limit=1000");
    let sheet = team.owner.get(path).await.expect(200).json();
    let mut expected: BTreeMap<String, i64> = BTreeMap::new();
    for entry in sheet["entries"].as_array().expect("entries") {
        let key = json!([entry["member_id"], entry["project_id"], entry["work_date"]]).to_string();
        *expected.entry(key).or_default() += entry["seconds"].as_i64().expect("closed");
    }
    let report = report(&team.owner, "date,member,project", "&member_id=all").await;
    let mut found = BTreeMap::new();
    for row in report["rows"].as_array().expect("rows") {
        let key = json!([row["member_id"], row["project_id"], row["date"]]).to_string();
        assert_eq!(found.insert(key, row["seconds"].as_i64().expect("seconds")), None, "{row}");
    }
    assert_eq!(found, expected);
}

#[tokio::test]
async fn an_entry_with_two_labels_counts_once_in_the_row_of_both() {
    let (_server, owner) = TestServer::owner().await;
    for (day, tags) in
        (10..).zip([json!([]), json!(["b"]), json!(["a", "b"]), json!(["b", "a"]), json!(["a, b"])])
    {
        let (start, end) = (format!("2026-03-{day}T08:00:00Z"), format!("2026-03-{day}T09:00:00Z"));
        owner.post("/timesheets", json!({"start": start, "end": end, "tags": tags})).await.expect(201);
    }
    let report = report(&owner, "tag", "").await;
    let rows: BTreeMap<String, i64> = report["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| (row["tag"].to_string(), row["seconds"].as_i64().expect("seconds")))
        .collect();
    // A label that holds a comma is not two labels.
    let expected = [("null", 3_600), ("\"b\"", 3_600), ("\"a, b\"", 7_200), ("\"a\\\\, b\"", 3_600)];
    assert_eq!(rows, expected.map(|(tag, seconds)| (tag.to_owned(), seconds)).into());
}

#[tokio::test]
async fn a_client_is_the_time_of_its_projects() {
    let (server, team) = TestServer::team().await;
    let stranger = server.stranger().await;
    let quarter = Quarter::worked(&team, 3).await;
    let by_client = report(&team.owner, "client", "&member_id=all").await;
    let by_project = report(&team.owner, "project", "&member_id=all").await;
    let seconds = |report: &Value, field: &str, id: &Value| {
        let rows = report["rows"].as_array().expect("rows");
        rows.iter()
            .filter(|row| row[field] == *id)
            .map(|row| row["seconds"].as_i64().expect("seconds"))
            .sum::<i64>()
    };
    let [loom, engine, coins, own] = &quarter.projects;
    let of_project = |project: &Value| seconds(&by_project, "project_id", &project["id"]);
    let expected = [
        (quarter.clients[0]["id"].clone(), of_project(loom) + of_project(engine)),
        (quarter.clients[1]["id"].clone(), of_project(coins)),
        (json!(null), of_project(own) + seconds(&by_project, "project_id", &json!(null))),
    ];
    for (client, expected) in expected {
        assert_eq!(seconds(&by_client, "client_id", &client), expected);
        let Some(id) = client.as_str() else { continue };
        let filtered = report(&team.owner, "date", &format!("&member_id=all&client_id={id}")).await;
        assert_eq!(
            (sum_of_rows(&filtered, &["date"]), &filtered["total_seconds"]),
            (expected, &json!(expected))
        );
        // One of its projects, and one of somebody else's.
        let one =
            format!("&member_id=all&client_id={id}&project_id={}", coins["id"].as_str().expect("an id"));
        let one = report(&team.owner, "project", &one).await;
        let is_its_own = client == quarter.clients[1]["id"];
        assert_eq!(one["total_seconds"], if is_its_own { of_project(coins) } else { 0 });
        let theirs = report(&stranger, "project", &format!("&member_id=all&client_id={id}")).await;
        assert_eq!(theirs, json!({"rows": [], "total_seconds": 0}));
    }
}
