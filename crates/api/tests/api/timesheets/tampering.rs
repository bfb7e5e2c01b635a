//! Histories of a store that somebody changed behind the server's back (I5).

use std::{path::Path, sync::Arc};

use rusqlite::{Connection, params};
use serde_json::{Value, json};
use vibesheets_core::Role;
use vibesheets_store_sqlite::{Location, Options, SqliteStore};

use super::{hour, path, typed};
use crate::support::{Client, TestServer, settings};

/// A server over a file, with an owner who signs up as people do.
async fn over(file: &Path) -> (TestServer, Client) {
    let store = SqliteStore::open(&Location::File(file.to_owned()), &Options::default()).expect("a store");
    let server = TestServer::over(Arc::new(store), settings());
    let owner = server.founded().await;
    (server, owner)
}

/// Changes the bodies of the stored payloads that hold `from`; how many there were.
fn change_payloads(file: &Path, from: &str, to: &str) -> usize {
    let database = Connection::open(file).expect("the file");
    let change = "UPDATE journal SET body = CAST(replace(CAST(body AS TEXT), ?1, ?2) AS BLOB) \
                  WHERE instr(CAST(body AS TEXT), ?1) > 0";
    database.execute(change, params![from, to]).expect("changed")
}

async fn verified(client: &Client, entry: &Value) -> Value {
    client.get(format!("{}/history", path(entry))).await.expect(200).json()["chain"]["verified"].clone()
}

#[tokio::test]
async fn a_chain_whose_stored_payload_was_changed_does_not_verify() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("vibesheets.db");
    let (server, owner) = over(&file).await;
    let mia = server.join(&owner, "Mia", Role::Member).await;
    let body = json!({"start": "2026-03-01T10:00:00Z", "end": "2026-03-01T11:00:00Z", "note": "one hour"});
    let noted = owner.post("/timesheets", body).await.expect(201).json();
    let other = hour(&owner).await;
    let hers = typed(&mia, "2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z").await;
    assert_eq!(verified(&owner, &other).await, true);

    assert_eq!(change_payloads(&file, "one hour", "two hour"), 1);
    // The stream is one chain: every entry in it is told of it, and other members' are not.
    assert_eq!(
        [verified(&owner, &noted).await, verified(&owner, &other).await],
        [json!(false), json!(false)]
    );
    assert_eq!(verified(&mia, &hers).await, true);

    assert_eq!(change_payloads(&file, "two hour", "one hour"), 1);
    assert_eq!(verified(&owner, &noted).await, true);

    // A payload that is no JSON any more shows nothing, and is no defect of the server.
    assert_eq!(change_payloads(&file, "\"one hour\"", "\"one hour"), 1);
    assert_eq!(verified(&owner, &noted).await, false);
}

#[tokio::test]
async fn a_chain_whose_record_was_changed_or_taken_out_does_not_verify() {
    for tampering in [
        "UPDATE journal SET time = time + 1 WHERE number = (SELECT max(number) - 1 FROM journal)",
        "UPDATE journal SET operation = 'entry.edit' WHERE number = (SELECT max(number) - 1 FROM journal)",
        "UPDATE journal SET salt = zeroblob(16) WHERE number = (SELECT max(number) - 1 FROM journal)",
        "DELETE FROM journal WHERE number = (SELECT max(number) - 1 FROM journal)",
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("vibesheets.db");
        let (_server, owner) = over(&file).await;
        hour(&owner).await;
        let last = typed(&owner, "2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z").await;
        assert_eq!(verified(&owner, &last).await, true);
        let database = Connection::open(&file).expect("the file");
        assert_eq!(database.execute(tampering, []).expect("changed"), 1);
        assert_eq!(verified(&owner, &last).await, false, "{tampering}");
    }
}
