//! `POST /members/{id}/erasure`

use serde_json::json;
use vibesheets_core::{Role, audit::audit};
use vibesheets_store_contract::Fault;

use crate::support::{TestServer, post};

const RANGE: &str = "start_date=2026-01-01&end_date=2026-12-31&member_id=all";

#[tokio::test]
async fn an_archived_member_is_erased_and_everybody_elses_time_stays() {
    let (_server, team) = TestServer::team().await;
    let span =
        json!({"start": "2026-02-16T08:00:00+01:00", "end": "2026-02-16T09:00:00+01:00", "note": "hers"});
    team.member.post("/timesheets", span.clone()).await.expect(201);
    team.manager.post("/timesheets", span).await.expect(201);
    let (id, erasure) = (team.member.member_id(), format!("/members/{}/erasure", team.member.member_id()));
    let refused = team.owner.ask(post(&erasure)).await.expect_problem(409, "not_allowed");
    assert_eq!(refused["reason"], "not_archived", "{refused}");
    let version = team.owner.get(format!("/members/{id}")).await.version();
    team.owner.patch(&format!("/members/{id}"), version, json!({"archived": true})).await.expect(200);
    team.admin.ask(post(&erasure)).await.expect_problem(403, "forbidden");

    let left = team.owner.ask(post(&erasure).key(1)).await.expect(200);
    let shown = left.json();
    assert_eq!(
        (&shown["name"], &shown["email"], &shown["erased"]),
        (&json!("Erased member"), &json!(null), &json!(true))
    );
    assert_eq!(
        team.owner.ask(post(&erasure).key(1)).await.expect(200).body,
        left.body,
        "the first answer again"
    );
    assert_eq!(team.owner.ask(post(&erasure)).await.expect(200).json(), shown, "nothing more to erase");

    let sheet = team.owner.get(format!("/timesheets?{RANGE}")).await.expect(200).json();
    assert_eq!((sheet["entries"].as_array().map(Vec::len), &sheet["total_seconds"]), (Some(1), &json!(3600)));
    assert!(!team.owner.get("/members").await.expect(200).json().to_string().contains("Mia"));
    team.member.get("/status").await.expect_problem(401, "not_signed_in");
    let back = team.owner.patch(&format!("/members/{id}"), version + 2, json!({"archived": false})).await;
    assert_eq!(back.expect_problem(409, "not_allowed")["reason"], "erased");
}

/// Whichever call of the store fails: the first answer is told again, and what came after it is done.
#[tokio::test]
async fn an_erasure_that_broke_off_is_finished_by_the_same_command_sent_again() {
    for call in 0.. {
        let (server, owner, store) = TestServer::instrumented().await;
        let member = server.join(&owner, "Mia", Role::Member).await;
        let span =
            json!({"start": "2026-02-16T08:00:00+01:00", "end": "2026-02-16T09:00:00+01:00", "note": "hers"});
        member.post("/timesheets", span).await.expect(201);
        server.archive(&owner, &member).await;
        let erasure = post(format!("/members/{}/erasure", member.member_id())).key(1);
        let before = store.calls().len();
        store.fail(before + call, Fault::Before);
        let first = owner.ask(erasure.clone()).await;
        if store.calls().len() <= before + call {
            first.expect(200);
            assert!(call > 12, "an erasure has more calls than that");
            break;
        }
        first.expect(503);
        owner.ask(erasure).await.expect(200);
        let audit = audit(&*store, &|_| ()).await.expect("an audit");
        assert_eq!(audit.findings, [], "call {call}: {:?}", store.calls().get(before + call));
    }
}

#[tokio::test]
async fn nobody_erases_themselves_or_somebody_who_is_clocked_in() {
    let (server, team) = TestServer::team().await;
    let own = format!("/members/{}/erasure", team.owner.member_id());
    team.owner.ask(post(own)).await.expect_problem(403, "forbidden");
    team.member.post("/clock", json!({"action": "in"})).await.expect(200);
    server.archive(&team.owner, &team.member).await;
    let erasure = format!("/members/{}/erasure", team.member.member_id());
    let refused = team.owner.ask(post(erasure)).await.expect_problem(409, "not_allowed");
    assert_eq!(refused["reason"], "clocked_in", "{refused}");
}
