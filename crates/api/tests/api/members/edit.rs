//! `PATCH /members/{id}`

use serde_json::json;

use crate::support::{Client, TestServer, patch};

fn path(client: &Client) -> String {
    format!("/members/{}", client.member_id())
}

#[tokio::test]
async fn a_role_given_or_taken_counts_at_once_in_open_sessions() {
    let (_server, team) = TestServer::team().await;
    let path = path(&team.member);
    let make = json!({"name": "Loom"});
    team.member.post("/projects", make.clone()).await.expect_problem(403, "forbidden");
    let version = team.owner.get(&path).await.version();
    let raised = team.admin.patch(&path, version, json!({"role": "manager"})).await.expect(200);
    assert_eq!((raised.version(), &raised.json()["role"]), (version + 1, &json!("manager")));
    team.member.post("/projects", make).await.expect(201);
    team.admin.patch(&path, version + 1, json!({"role": "member"})).await.expect(200);
    team.member.post("/projects", json!({"name": "Other"})).await.expect_problem(403, "forbidden");
}

#[tokio::test]
async fn an_archived_member_is_signed_out_at_once_and_their_time_stays() {
    let (_server, team) = TestServer::team().await;
    let path = path(&team.member);
    let clocked_in = team.member.post("/clock", json!({"action": "in"})).await.expect(200).json();
    let version = team.owner.get(&path).await.version();
    team.owner.patch(&path, version, json!({"archived": true})).await.expect(200);
    team.member.get("/status").await.expect_problem(401, "not_signed_in");
    let entry = format!("/timesheets/{}", clocked_in["entry"]["id"].as_str().expect("an id"));
    assert_eq!(team.manager.get(entry).await.expect(200).json()["deleted"], false);
}

#[tokio::test]
async fn the_last_owner_who_can_sign_in_stays_one() {
    let (_server, team) = TestServer::team().await;
    let path = path(&team.owner);
    let version = team.owner.get(&path).await.version();
    for change in [json!({"role": "admin"}), json!({"archived": true})] {
        let problem = team.owner.patch(&path, version, change).await.expect_problem(409, "not_allowed");
        assert!(problem["detail"].as_str().expect("a detail").contains("last owner"), "{problem}");
        assert_eq!(
            (&problem["reason"], &problem["params"]),
            (&json!("last_owner"), &json!({"name": "Olga"}))
        );
    }
    let admin = format!("/members/{}", team.admin.member_id());
    let admin_version = team.owner.get(&admin).await.version();
    team.owner.patch(&admin, admin_version, json!({"role": "owner"})).await.expect(200);
    team.owner.patch(&path, version, json!({"role": "member"})).await.expect(200);
}

#[tokio::test]
async fn admins_leave_owners_alone_and_raise_nobody_to_one() {
    let (_server, team) = TestServer::team().await;
    let (owner, own) = (path(&team.owner), path(&team.admin));
    let version = team.owner.get(&owner).await.version();
    team.admin.patch(&owner, version, json!({"name": "Nobody"})).await.expect_problem(403, "forbidden");
    let version = team.admin.get(&own).await.version();
    team.admin.patch(&own, version, json!({"role": "owner"})).await.expect_problem(403, "forbidden");
}

#[tokio::test]
async fn managers_and_members_change_nobody_not_even_themselves() {
    let (server, team) = TestServer::team().await;
    for client in [&team.manager, &team.member] {
        for whom in [&team.member, &team.manager, &team.owner] {
            let raise = json!({"role": "admin"});
            client.patch(path(whom), 1, raise.clone()).await.expect_problem(403, "forbidden");
            let blind = client.ask(patch(path(whom)).json(&raise)).await;
            blind.expect_problem(403, "forbidden");
        }
    }
    let stranger = server.stranger().await;
    stranger.patch(path(&team.member), 1, json!({"name": "x"})).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn an_edit_says_which_version_it_was_decided_on() {
    let (_server, team) = TestServer::team().await;
    let path = path(&team.member);
    let version = team.owner.get(&path).await.version();
    let rename = json!({"name": "Mia Maria"});
    let blind = team.owner.ask(patch(&path).json(&rename)).await;
    assert_eq!(blind.expect_problem(428, "precondition_required")["current"], version);
    let stale = team.owner.patch(&path, version + 1, rename.clone()).await;
    assert_eq!(stale.expect_problem(412, "precondition_failed")["current"], version);
    let after = team.owner.patch(&path, version, rename).await.expect(200).json();
    assert_eq!((&after["name"], &after["role"]), (&json!("Mia Maria"), &json!("member")));
    team.owner.patch(&path, version + 1, json!({"email": "m@example.com"})).await.expect_invalid("/email");
}
