//! `GET /members`

use serde_json::json;

use crate::support::{Client, TestServer};

async fn names(client: &Client) -> Vec<String> {
    let list = client.get("/members").await.expect(200).json();
    let members = list["members"].as_array().expect("a list");
    members.iter().filter_map(|member| member["name"].as_str().map(str::to_owned)).collect()
}

#[tokio::test]
async fn managers_and_above_see_everyone_and_members_themselves() {
    let (server, team) = TestServer::team().await;
    for client in [&team.owner, &team.admin, &team.manager] {
        assert_eq!(names(client).await, ["Ada", "Max", "Mia", "Olga"]);
    }
    assert_eq!(names(&team.member).await, ["Mia"]);
    assert_eq!(names(&server.stranger().await).await, ["Sam"]);
}

#[tokio::test]
async fn a_member_is_shown_without_what_only_the_server_needs() {
    let (_server, owner) = TestServer::owner().await;
    let list = owner.get("/members").await.json();
    let member = list["members"][0].as_object().expect("a member");
    let fields: Vec<&String> = member.keys().collect();
    let expected = [
        "archived",
        "created_at",
        "duration_format",
        "email",
        "erased",
        "id",
        "locale",
        "name",
        "role",
        "sign_in",
        "time_zone",
        "version",
    ];
    assert_eq!(fields, expected);
    assert_eq!(member["sign_in"], "active");
    assert_eq!(member["role"], "owner");
}

#[tokio::test]
async fn an_invitation_shows_from_its_link_on() {
    let (_server, owner) = TestServer::owner().await;
    let kiosk = owner.post("/members", json!({"name": "Kiosk", "role": "member"})).await.expect(201).json();
    let path = format!("/members/{}", kiosk["member"]["id"].as_str().expect("an id"));
    let listed = async || {
        let list = owner.get("/members").await.json();
        let members = list["members"].as_array().expect("a list").clone();
        members.into_iter().find(|member| member["name"] == "Kiosk").expect("listed")["sign_in"].clone()
    };
    assert_eq!(listed().await, "none");
    owner.post(format!("{path}/invitation"), json!({})).await.expect(201);
    assert_eq!(listed().await, "invited");
    let renamed = owner.patch(&path, 1, json!({"name": "Kiosk 2"})).await.expect(200).json();
    assert_eq!(renamed["sign_in"], "invited");
}
