//! `/sessions`

use serde_json::json;
use vibesheets_core::{Role, actions::accounts::MOST_SESSIONS};

use crate::support::{PASSWORD, TestServer};

#[tokio::test]
async fn everyone_sees_their_own_sessions_and_no_others() {
    let (server, owner) = TestServer::owner().await;
    let mia = server.join(&owner, "Mia", Role::Member).await;
    server.time.advance(60);
    let body = json!({"email": "mia@example.com", "password": PASSWORD});
    server.program().post("/auth/token", body).await.expect(200);
    let sessions = mia.get("/sessions").await.expect(200).json();
    let sessions = sessions["sessions"].as_array().expect("sessions");
    assert_eq!(sessions.len(), 2);
    assert_eq!(sessions[0]["created_at"], "2026-03-02T08:01:00Z");
    assert_eq!(sessions[1]["expires_at"], "2026-03-02T09:00:00Z");
    assert_eq!((&sessions[0]["current"], &sessions[1]["current"]), (&json!(false), &json!(true)));
    assert_eq!(owner.get("/sessions").await.json()["sessions"].as_array().expect("sessions").len(), 1);
}

#[tokio::test]
async fn a_session_ends_by_itself_after_an_hour() {
    let (server, owner) = TestServer::owner().await;
    server.time.set("2026-03-02T08:59:59Z");
    owner.get("/me").await.expect(200);
    server.time.set("2026-03-02T09:00:00Z");
    owner.get("/me").await.expect_problem(401, "not_signed_in");
}

#[tokio::test]
async fn the_fifty_first_session_ends_the_oldest() {
    let (server, first) = TestServer::owner().await;
    server.time.advance(1);
    let second = server.another_session(&first).await;
    for _ in 2..MOST_SESSIONS {
        server.time.advance(1);
        server.another_session(&first).await;
    }
    server.time.advance(6);
    first.get("/me").await.expect(200);
    let last = server.another_session(&first).await;
    server.time.advance(6);
    first.get("/me").await.expect_problem(401, "not_signed_in");
    second.get("/me").await.expect(200);
    let sessions = last.get("/sessions").await.json();
    assert_eq!(sessions["sessions"].as_array().expect("sessions").len(), MOST_SESSIONS);
}

#[tokio::test]
async fn ending_another_session_signs_that_browser_out_at_once() {
    let (server, phone) = TestServer::owner().await;
    let laptop = server.another_session(&phone).await;
    laptop.get("/me").await.expect(200);
    let id = laptop.get("/me").await.json()["session"]["id"].as_str().expect("an id").to_owned();
    let end = crate::support::delete(format!("/sessions/{id}"));
    phone.ask(end.clone()).await.expect(204);
    laptop.get("/me").await.expect_problem(401, "not_signed_in");
    phone.get("/me").await.expect(200);
    phone.ask(end).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn nobody_ends_the_session_of_somebody_else() {
    let (server, owner) = TestServer::owner().await;
    let mia = server.join(&owner, "Mia", Role::Member).await;
    let id = mia.get("/me").await.json()["session"]["id"].as_str().expect("an id").to_owned();
    owner.ask(crate::support::delete(format!("/sessions/{id}"))).await.expect_problem(404, "not_found");
    owner.ask(crate::support::delete("/sessions/none")).await.expect_problem(404, "not_found");
    mia.get("/me").await.expect(200);
}

#[tokio::test]
async fn an_archived_member_is_out_within_five_seconds() {
    let (server, owner) = TestServer::owner().await;
    let mia = server.join(&owner, "Mia", Role::Member).await;
    mia.get("/me").await.expect(200);
    server.archive(&owner, &mia).await;
    server.time.advance(6);
    mia.get("/me").await.expect_problem(401, "not_signed_in");
}

#[tokio::test]
async fn a_session_is_looked_up_once_in_five_seconds() {
    let (server, owner, store) = TestServer::instrumented().await;
    let lookups = || store.calls().iter().filter(|call| **call == "find_session").count();
    for _ in 0..3 {
        owner.get("/me").await.expect(200);
    }
    assert_eq!(lookups(), 1);
    server.time.advance(6);
    owner.get("/me").await.expect(200);
    assert_eq!(lookups(), 2);
}

/// One item of a distributed store takes so many reads a second and no more, and an organisation may have a hundred thousand members.
#[tokio::test]
async fn members_of_an_organisation_have_it_read_once_in_five_seconds() {
    let (server, owner, store) = TestServer::instrumented().await;
    let mia = server.join(&owner, "Mia", Role::Member).await;
    let reads = || store.calls().iter().filter(|call| **call == "find_organisation").count();
    server.time.advance(6);
    let before = reads();
    owner.get("/status").await.expect(200);
    server.time.advance(3);
    mia.get("/status").await.expect(200);
    assert_eq!(reads(), before + 1);
    // A session is remembered for no longer than what it was made of.
    server.time.advance(3);
    mia.get("/status").await.expect(200);
    assert_eq!(reads(), before + 2);
    let change =
        crate::support::patch("/organisation").json(&json!({"name": "Acme & Sons"})).if_match(1).key(1);
    owner.ask(change).await.expect(200);
    assert_eq!(mia.get("/me").await.json()["organisation"]["name"], "Acme & Sons");
}
