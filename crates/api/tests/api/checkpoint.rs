//! `/checkpoint`, and the checkpoint that each export carries.

use base64::{Engine, prelude::BASE64_STANDARD};
use calamine::Reader;
use serde_json::json;
use vibesheets_api::Ed25519;
use vibesheets_core::{
    audit::{NamedCheckpoint, audit_against},
    checkpoint::{Checkpoint, PublicKey},
    journal::StreamId,
};

use crate::{export::sheets::workbook, support::TestServer};

fn key(server: &TestServer) -> PublicKey {
    server.state.checkpoint_signer.get().expect("a signer").public_key().clone()
}

fn open(server: &TestServer, note: &str) -> Checkpoint {
    Checkpoint::open(note, &key(server), &Ed25519).expect("a checkpoint of this server")
}

#[tokio::test]
async fn a_member_keeps_where_their_own_time_stands_and_the_store_bears_it_out() {
    let (server, team) = TestServer::team().await;
    team.member.post("/clock", json!({"action": "in"})).await.expect(200);
    let answer = team.member.get("/checkpoint").await.expect(200);
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    let note = String::from_utf8(answer.body.to_vec()).expect("text");
    let checkpoint = open(&server, &note);
    let streams: Vec<StreamId> = checkpoint.heads.iter().map(|head| head.stream).collect();
    let organisation = match streams[0] {
        StreamId::Organisation(organisation) => organisation,
        other => panic!("{other}"),
    };
    assert_eq!(streams[1..], [StreamId::Member(organisation, team.member.member_id())]);
    assert_eq!(checkpoint.heads[1].seq, 1);
    // Later punches do not undo what was proven.
    server.time.advance(60);
    team.member.post("/clock", json!({"action": "out"})).await.expect(200);
    let named = NamedCheckpoint { name: "kept".to_owned(), checkpoint };
    let since = jiff::Timestamp::default();
    let audit = audit_against(&*server.state.store, since, &[named], &|_| ()).await.expect("an audit");
    assert_eq!(audit.findings, []);
}

#[tokio::test]
async fn each_export_carries_a_checkpoint_of_whose_time_it_holds() {
    let (server, team) = TestServer::team().await;
    team.member.post("/clock", json!({"action": "in"})).await.expect(200);
    let member = team.member.member_id();
    for (who, heads) in [("all".to_owned(), 1), (member.to_string(), 2)] {
        let mut notes = Vec::new();
        for format in ["csv", "xlsx", "json"] {
            let file = team.owner.get(format!("/export?format={format}&member_id={who}")).await.expect(200);
            let note = BASE64_STANDARD.decode(file.header("vibesheets-checkpoint")).expect("base64");
            let note = String::from_utf8(note).expect("text");
            assert_eq!(open(&server, &note).heads.len(), heads, "{format} {who}");
            if format == "json" {
                assert_eq!(file.json()["checkpoint"], note);
            }
            notes.push(note);
        }
        assert!(notes.iter().all(|note| *note == notes[0]), "one state, one checkpoint: {notes:?}");
        let mut workbook = workbook(&team.owner, &format!("&member_id={who}")).await;
        let sheet = workbook.worksheet_range("Checkpoint").expect("a sheet");
        let lines: Vec<String> = sheet.rows().map(|row| format!("{}\n", row[0])).collect();
        assert_eq!(lines.concat(), notes[0]);
    }
}

#[tokio::test]
async fn a_server_without_a_key_has_none() {
    let server = TestServer::without_checkpoints();
    let owner = server.founded().await;
    owner.get("/checkpoint").await.expect_problem(404, "not_found");
    let file = owner.get("/export?format=json").await.expect(200);
    assert_eq!((file.header("vibesheets-checkpoint"), &file.json()["checkpoint"]), ("", &json!(null)));
}
