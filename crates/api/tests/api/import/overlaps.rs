//! What is there stands; rows in its way are refused, skipped or trimmed, and the seconds that are lost are told.

use serde_json::{Value, json};

use super::support::{exported, number, send};
use crate::support::{Client, TestServer};

const HEADER: &str = "User,Email,Start date,Start time,End date,End time,Duration";

/// One day of Ada's: the second row begins 30 minutes before the first ends.
fn overlapping() -> Vec<u8> {
    let row = |start: &str, end: &str, length: &str| {
        format!("Ada,ada@example.com,2026-02-02,{start},2026-02-02,{end},{length}\n")
    };
    let rows = [row("09:00:00", "12:00:00", "03:00:00"), row("11:30:00", "13:00:00", "01:30:00")];
    format!("{HEADER}\n{}", rows.concat()).into_bytes()
}

async fn imported(owner: &Client, policy: &str) -> Value {
    let more = format!("&overlaps={policy}");
    send(owner, &overlapping(), "UTC", false, &more).await.expect(201).json()
}

#[tokio::test]
async fn the_later_row_is_refused_skipped_or_trimmed() {
    for (policy, resolution, lost, kept) in [
        ("refuse", "refused", 5400, 10_800),
        ("skip", "skipped", 5400, 10_800),
        ("trim", "trimmed", 1800, 14_400),
    ] {
        let (_server, owner) = TestServer::owner().await;
        let report = imported(&owner, policy).await;
        assert_eq!(number(&report, &format!("rows/{resolution}")), 1, "{report}");
        let overlap = &report["overlaps"][0];
        assert_eq!((&overlap["line"], &overlap["other_line"]), (&json!(3), &json!(2)));
        assert_eq!((&overlap["resolution"], &overlap["lost_seconds"]), (&json!(resolution), &json!(lost)));
        assert_eq!(overlap["start"], "2026-02-02T11:30:00+00:00");
        assert_eq!((&overlap["date"], number(&report, "total_seconds")), (&json!("2026-02-02"), kept));
        let seconds: i64 = exported(&owner).await.iter().map(|entry| entry.seconds).sum();
        assert_eq!(seconds, kept, "{policy}");
    }
}

#[tokio::test]
async fn an_entry_that_is_there_always_stands_and_the_running_one_reaches_to_infinity() {
    let (server, owner) = TestServer::owner().await;
    let ada = server.join(&owner, "Ada", vibesheets_core::Role::Member).await;
    let typed = json!({"start": "2026-02-02T08:30:00Z", "end": "2026-02-02T09:30:00Z"});
    let typed = ada.post("/timesheets", typed).await.expect(201).json();
    ada.post("/clock", json!({"action": "in"})).await.expect(200);
    let late = "Ada,ada@example.com,2026-03-02,10:00:00,2026-03-02,11:00:00,01:00:00\n";
    let csv = [overlapping(), late.into()].concat();
    let report = send(&owner, &csv, "UTC", false, "").await.expect(201).json();
    let overlaps = report["overlaps"].as_array().expect("a list");
    assert_eq!(overlaps.len(), 2, "{report}");
    assert_eq!((&overlaps[0]["line"], &overlaps[0]["other_entry_id"]), (&json!(2), &typed["id"]));
    assert_eq!((&overlaps[1]["line"], &overlaps[1]["other_end"]), (&json!(4), &json!(null)));
    // The row that the refused one stood in the way of comes in.
    assert_eq!(number(&report, "rows/ready"), 1);
    assert_eq!(report["members"][0]["days"][0]["existing_seconds"], 3600);
    assert_eq!(report["members"][0]["member_id"], json!(ada.member_id()));
}
