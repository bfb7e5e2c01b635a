//! `GET /members`

use serde_json::Value;

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
        "id",
        "locale",
        "name",
        "role",
        "sign_in",
        "time_zone",
        "version",
    ];
    assert_eq!(fields, expected);
    assert_eq!(member["sign_in"], Value::Bool(true));
    assert_eq!(member["role"], "owner");
}
