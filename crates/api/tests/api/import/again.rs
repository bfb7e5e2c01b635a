//! Longer exports of the same time, edits in between, imports after an undo.

use foreign_exports::{Generated, Tool, Variant, generate};
use serde_json::json;

use super::support::{days_of, exported, number, send, text, true_days, true_entries};
use crate::support::{Client, TestServer};

fn file(rows: usize) -> Generated {
    let variant = Variant::named(Tool::Toggl, "plain").expect("the plain form");
    generate(Tool::Toggl, variant, rows, 5)
}

/// The first `rows` of them; the same ones, where a file of another length would hold others.
fn beginning(whole: &Generated, rows: usize) -> Vec<u8> {
    let end = whole.truth.rows[rows].line;
    let text = std::str::from_utf8(&whole.csv).expect("UTF-8");
    text.split_inclusive('\n').take(usize::try_from(end).expect("a line") - 1).collect::<String>().into()
}

#[tokio::test]
async fn a_longer_export_of_the_same_time_brings_only_what_is_new() {
    let (_server, owner) = TestServer::owner().await;
    let whole = file(400);
    let zone = whole.truth.time_zone;
    let first = send(&owner, &beginning(&whole, 300), zone, false, "").await.expect(201).json();
    let second = send(&owner, &whole.csv, zone, false, "").await.expect(201).json();
    assert!(number(&first, "rows/ready") > 200 && number(&second, "rows/ready") > 50, "{second}");
    assert_eq!(number(&second, "rows/already_imported"), number(&first, "rows/ready"));
    let entries = exported(&owner).await;
    assert_eq!(entries, true_entries(&whole.truth));
    assert_eq!(days_of(&entries), true_days(&whole.truth));

    // Undoing the second leaves what the first brought.
    let undo = format!("/imports/{}/undo", text(&second["import_id"]));
    let undone = owner.post_bare(undo).await.expect(200).json();
    assert_eq!(number(&undone, "entries"), number(&second, "rows/ready"));
    assert_eq!(exported(&owner).await.len() as i64, number(&first, "rows/ready"));
}

#[tokio::test]
async fn what_was_edited_stays_as_it_is_and_what_was_deleted_stays_deleted() {
    let (_server, owner) = TestServer::owner().await;
    let Generated { csv, truth } = file(250);
    send(&owner, &csv, truth.time_zone, false, "").await.expect(201);
    let entries = first_entries(&owner).await;
    let path = |place: usize| format!("/timesheets/{}", text(&entries[place]["id"]));
    let edit = json!({"start": entries[0]["start"], "end": entries[0]["end"], "note": "edited"});
    owner.put(path(0), 1, edit).await.expect(200);
    owner.delete(path(1), 1).await.expect(204);
    let again = send(&owner, &csv, truth.time_zone, false, "").await.expect(201).json();
    assert_eq!(number(&again, "rows/ready"), 0, "{again}");
    assert_eq!(owner.get(path(0)).await.json()["note"], "edited");
    assert_eq!(owner.get(path(1)).await.json()["deleted"], true);
}

#[tokio::test]
async fn an_undone_import_comes_back_whole_and_once() {
    let (_server, owner) = TestServer::owner().await;
    let Generated { csv, truth } = file(250);
    let done = send(&owner, &csv, truth.time_zone, false, "").await.expect(201).json();
    let undo = format!("/imports/{}/undo", text(&done["import_id"]));
    owner.post_bare(&undo).await.expect(200);
    assert_eq!(owner.post_bare(&undo).await.expect(200).json(), json!({"entries": 0, "seconds": 0}));
    let back = send(&owner, &csv, truth.time_zone, false, "").await.expect(201).json();
    assert_eq!(number(&back, "rows/ready"), number(&done, "rows/ready"), "{back}");
    assert_eq!(exported(&owner).await, true_entries(&truth));
    let list = owner.get("/imports").await.json();
    assert_eq!(
        (&list["imports"][0]["undone_at"], list["imports"].as_array().map(Vec::len)),
        (&json!(null), Some(1))
    );
}

async fn first_entries(owner: &Client) -> Vec<serde_json::Value> {
    let file = owner.get("/export?format=json&member_id=all").await.expect(200).json();
    let entries = file["entries"].as_array().expect("entries").iter();
    // Entries with a length of their own, so that editing one does not meet another.
    entries.filter(|entry| entry["seconds"] != 0).take(2).cloned().collect()
}
