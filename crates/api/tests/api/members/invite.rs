//! `POST /members/{id}/invitation`

use serde_json::{Value, json};

use crate::support::{Client, TestServer, post};

async fn kiosk(owner: &Client) -> String {
    let added = owner.post("/members", json!({"name": "Kiosk", "role": "member"})).await.expect(201).json();
    format!("/members/{}/invitation", added["member"]["id"].as_str().expect("an id"))
}

fn token(link: &Value) -> Value {
    let url = link["url"].as_str().expect("a link");
    json!({"invitation": url.rsplit('#').next()})
}

#[tokio::test]
async fn a_newer_link_takes_the_place_of_an_earlier_one() {
    let (server, owner) = TestServer::owner().await;
    let path = kiosk(&owner).await;
    let first = owner.post(&path, json!({"email": "kiosk@example.com"})).await.expect(201).json();
    server.time.advance(600);
    let second = owner.post(&path, json!({})).await.expect(201).json();
    assert_eq!(second["expires_at"], "2026-03-09T08:10:00Z");
    let ask = async |link: &Value| server.anonymous().post("/auth/invitation", token(link)).await;
    ask(&first).await.expect_problem(404, "not_found");
    assert_eq!(ask(&second).await.expect(200).json()["email"], "kiosk@example.com");
}

#[tokio::test]
async fn a_link_works_for_seven_days() {
    let (server, owner) = TestServer::owner().await;
    let path = kiosk(&owner).await;
    let link = owner.post(&path, json!({})).await.expect(201).json();
    let ask = async || server.anonymous().post("/auth/invitation", token(&link)).await;
    server.time.advance(7 * 86_400 - 1);
    ask().await.expect(200);
    server.time.advance(1);
    ask().await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn sent_twice_with_one_key_it_tells_one_link() {
    let (_server, owner) = TestServer::owner().await;
    let ask = post(kiosk(&owner).await).key(9).json(&json!({}));
    let first = owner.ask(ask.clone()).await.expect(201);
    let again = owner.ask(ask).await.expect(201);
    assert_eq!(first.body, again.body);
}

#[tokio::test]
async fn who_signs_in_already_and_who_is_unknown_cannot_be_invited() {
    let (server, team) = TestServer::team().await;
    let path = |id| format!("/members/{id}/invitation");
    let problem = team.owner.post(path(team.member.member_id()), json!({})).await;
    let problem = problem.expect_problem(409, "not_allowed");
    assert_eq!(problem["detail"], "The member Mia can sign in already.");
    let stranger = server.stranger().await;
    team.owner.post(path(stranger.member_id()), json!({})).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn only_admins_and_owners_invite() {
    let (_server, team) = TestServer::team().await;
    let path = kiosk(&team.owner).await;
    for client in [&team.manager, &team.member] {
        client.post(&path, json!({})).await.expect_problem(403, "forbidden");
    }
    team.admin.post(&path, json!({})).await.expect(201);
}
