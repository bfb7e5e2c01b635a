//! `GET /timesheets`, page by page.

use serde_json::{Value, json};

use super::{hour, path, typed};
use crate::support::{Client, TestServer};

const RANGE: &str = "start_date=2026-02-01&end_date=2026-02-28";

/// 25 entries of a minute, three of them beginning in the same second.
async fn worked(client: &Client) {
    for minute in 10..33 {
        typed(client, &format!("2026-02-10T08:{minute}:00Z"), &format!("2026-02-10T08:{}:00Z", minute + 1))
            .await;
    }
    for _ in 0..2 {
        typed(client, "2026-02-10T08:10:00Z", "2026-02-10T08:10:00Z").await;
    }
}

fn entries(sheet: &Value) -> Vec<Value> {
    sheet["entries"].as_array().expect("entries").clone()
}

#[tokio::test]
async fn pages_hold_each_entry_once_and_days_and_total_stay_those_of_the_range() {
    let (_server, owner) = TestServer::owner().await;
    worked(&owner).await;
    let whole = owner.get(format!("/timesheets?{RANGE}")).await.expect(200).json();
    assert_eq!((entries(&whole).len(), &whole["total_seconds"]), (25, &json!(23 * 60)));
    for limit in [1, 2, 7, 24, 25, 26, 1000] {
        let (mut seen, mut next, mut pages) = (Vec::new(), String::new(), 0);
        loop {
            let page = owner.get(format!("/timesheets?{RANGE}&limit={limit}{next}")).await.expect(200).json();
            assert_eq!((&page["days"], &page["total_seconds"]), (&whole["days"], &whole["total_seconds"]));
            assert!(entries(&page).len() <= limit);
            seen.extend(entries(&page));
            pages += 1;
            match page["next_cursor"].as_str() {
                Some(cursor) => next = format!("&cursor={cursor}"),
                None => break,
            }
        }
        assert_eq!(seen, entries(&whole), "{limit}");
        assert_eq!(pages, 25_usize.div_ceil(limit), "{limit}");
    }
}

#[tokio::test]
async fn a_page_holds_100_entries_where_nothing_is_said() {
    let (_server, owner) = TestServer::owner().await;
    for second in 0..101 {
        let moment = format!("2026-02-10T08:{:02}:{:02}Z", second / 60, second % 60);
        typed(&owner, &moment, &moment).await;
    }
    let first = owner.get(format!("/timesheets?{RANGE}")).await.expect(200).json();
    assert_eq!(entries(&first).len(), 100);
    let cursor = first["next_cursor"].as_str().expect("a cursor");
    let second = owner.get(format!("/timesheets?{RANGE}&cursor={cursor}")).await.expect(200).json();
    assert_eq!((entries(&second).len(), &second["next_cursor"]), (1, &json!(null)));
}

#[tokio::test]
async fn a_page_goes_on_where_the_last_one_ended_though_its_last_entry_was_deleted_and_others_came() {
    let (_server, owner) = TestServer::owner().await;
    worked(&owner).await;
    let whole = entries(&owner.get(format!("/timesheets?{RANGE}")).await.json());
    let first = owner.get(format!("/timesheets?{RANGE}&limit=10")).await.json();
    owner.delete(path(&whole[9]), 1).await.expect(204);
    typed(&owner, "2026-02-09T08:00:00Z", "2026-02-09T09:00:00Z").await;
    let cursor = first["next_cursor"].as_str().expect("a cursor");
    let rest = owner.get(format!("/timesheets?{RANGE}&cursor={cursor}")).await.expect(200).json();
    assert_eq!(entries(&rest), whole[10..]);
}

#[tokio::test]
async fn a_forged_cursor_is_refused_and_another_organisations_shows_nothing_of_it() {
    let (server, owner) = TestServer::owner().await;
    worked(&owner).await;
    let own = owner.get(format!("/timesheets?{RANGE}&limit=5")).await.json();
    let cursor = own["next_cursor"].as_str().expect("a cursor");
    let longer = format!("{cursor}A");
    let far_away = "f".repeat(32);
    for forged in ["", "1", "null", "AAAA", "%00", "../..", &cursor[1..], &longer, &far_away] {
        owner.get(format!("/timesheets?{RANGE}&cursor={forged}")).await.expect_invalid("/cursor");
    }
    let stranger = server.stranger().await;
    hour(&stranger).await;
    let theirs = stranger.get(format!("/timesheets?{RANGE}&cursor={cursor}")).await.expect(200).json();
    assert_eq!((&theirs["entries"], &theirs["total_seconds"]), (&json!([]), &json!(0)));
}
