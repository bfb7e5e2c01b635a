//! `PATCH /projects/{id}`

use serde_json::json;

use super::made;
use crate::support::{TestServer, patch};

#[tokio::test]
async fn what_is_given_changes_and_the_rest_stays() {
    let (_server, owner) = TestServer::owner().await;
    let client = owner.post("/clients", json!({"name": "Royal Society"})).await.json();
    let project = made(&owner, "Loom").await;
    let path = format!("/projects/{}", project["id"].as_str().expect("an id"));
    let change = json!({"client_id": client["id"], "color": 7, "billable": true});
    let answer = owner.patch(&path, 1, change).await.expect(200);
    assert_eq!(answer.version(), 2);
    let after = answer.json();
    assert_eq!((&after["name"], &after["client_id"]), (&json!("Loom"), &client["id"]));
    assert_eq!((&after["color"], &after["billable"]), (&json!(7), &json!(true)));
    let without = owner.patch(&path, 2, json!({"client_id": null})).await.expect(200).json();
    assert_eq!((&without["client_id"], &without["color"]), (&json!(null), &json!(7)));
    let unchanged = owner.patch(&path, 3, json!({})).await.expect(200);
    assert_eq!(unchanged.version(), 3);
}

#[tokio::test]
async fn an_archived_project_takes_no_new_entries_until_it_is_taken_out() {
    let (_server, owner) = TestServer::owner().await;
    let project = made(&owner, "Loom").await;
    let path = format!("/projects/{}", project["id"].as_str().expect("an id"));
    owner.patch(&path, 1, json!({"archived": true})).await.expect(200);
    let clock_in = json!({"action": "in", "project_id": project["id"]});
    assert!(owner.post("/clock", clock_in.clone()).await.expect_invalid("/project_id").contains("archived"));
    owner.patch(&path, 2, json!({"archived": false})).await.expect(200);
    owner.post("/clock", clock_in).await.expect(200);
}

#[tokio::test]
async fn an_edit_says_which_version_it_was_decided_on() {
    let (_server, owner) = TestServer::owner().await;
    let project = made(&owner, "Loom").await;
    let path = format!("/projects/{}", project["id"].as_str().expect("an id"));
    let rename = json!({"name": "Jacquard"});
    let blind = owner.ask(patch(&path).json(&rename)).await.expect_problem(428, "precondition_required");
    assert_eq!(blind["current"], 1);
    owner.patch(&path, 1, rename).await.expect(200);
    let stale = owner.patch(&path, 1, json!({"name": "Other"})).await;
    assert_eq!(stale.expect_problem(412, "precondition_failed")["current"], 2);
    assert_eq!(owner.get(&path).await.json()["name"], "Jacquard");
}

#[tokio::test]
async fn only_managers_and_above_edit_and_only_their_own_organisations() {
    let (server, team) = TestServer::team().await;
    let project = made(&team.owner, "Loom").await;
    let path = format!("/projects/{}", project["id"].as_str().expect("an id"));
    let rename = json!({"name": "Jacquard"});
    team.member.patch(&path, 1, rename.clone()).await.expect_problem(403, "forbidden");
    server.stranger().await.patch(&path, 1, rename.clone()).await.expect_problem(404, "not_found");
    team.manager.patch(&path, 1, rename).await.expect(200);
}

#[tokio::test]
async fn whoever_may_not_edit_is_told_so_before_they_are_asked_for_a_version() {
    let (_server, team) = TestServer::team().await;
    let mut paths = vec!["/organisation".to_owned()];
    for nouns in ["projects", "clients", "tags"] {
        let made = team.owner.post(format!("/{nouns}"), json!({"name": "Loom"})).await.expect(201).json();
        paths.push(format!("/{nouns}/{}", made["id"].as_str().expect("an id")));
    }
    for path in paths {
        let rename = patch(&path).json(&json!({"name": "Jacquard"}));
        let blind = team.member.ask(rename).await;
        assert_eq!(blind.status, 403, "{path}");
        blind.expect_problem(403, "forbidden");
    }
}

#[tokio::test]
async fn null_is_refused_where_something_must_be() {
    let (_server, owner) = TestServer::owner().await;
    let project = made(&owner, "Loom").await;
    let path = format!("/projects/{}", project["id"].as_str().expect("an id"));
    for field in ["name", "color", "billable", "archived"] {
        owner.patch(&path, 1, json!({field: null})).await.expect_invalid(&format!("/{field}"));
    }
}

#[tokio::test]
async fn a_repeated_edit_gives_its_first_answer_though_the_version_moved_on() {
    let (_server, owner) = TestServer::owner().await;
    let project = made(&owner, "Loom").await;
    let path = format!("/projects/{}", project["id"].as_str().expect("an id"));
    let rename = patch(&path).key(1).if_match(1).json(&json!({"name": "Jacquard"}));
    let first = owner.ask(rename.clone()).await.expect(200);
    owner.patch(&path, 2, json!({"name": "Third"})).await.expect(200);
    let again = owner.ask(rename).await.expect(200);
    assert_eq!((first.version(), &first.body), (again.version(), &again.body));
    assert_eq!(owner.get(&path).await.json()["name"], "Third");
}
