//! `/organisation`

use serde_json::json;

use crate::support::{TestServer, patch};

#[tokio::test]
async fn everyone_sees_the_settings_and_admins_change_them() {
    let (_server, team) = TestServer::team().await;
    let before = team.member.get("/organisation").await.expect(200);
    assert_eq!(before.json()["name"], "Olga’s");
    let version = before.version();
    let change = json!({
        "name": "Analytical Engines", "time_zone": "America/New_York",
        "first_day_of_week": 7, "week_target_seconds": 126_000,
    });
    let refused = team.manager.patch("/organisation", version, change.clone()).await;
    refused.expect_problem(403, "forbidden");
    let after = team.admin.patch("/organisation", version, change.clone()).await.expect(200);
    assert_eq!(after.version(), version + 1);
    let after = after.json();
    for (field, value) in change.as_object().expect("an object") {
        assert_eq!(&after[field], value, "{field}");
    }
    assert_eq!(team.member.get("/organisation").await.json(), after);
}

#[tokio::test]
async fn a_changed_week_counts_at_once_in_sessions_that_are_open() {
    let (_server, team) = TestServer::team().await;
    assert_eq!(team.member.get("/status").await.json()["week_start"], "2026-03-02");
    let version = team.owner.get("/organisation").await.version();
    team.owner.patch("/organisation", version, json!({"first_day_of_week": 7})).await.expect(200);
    assert_eq!(team.member.get("/status").await.json()["week_start"], "2026-03-01");
}

#[tokio::test]
async fn an_edit_says_which_version_it_was_decided_on_and_only_what_can_be() {
    let (_server, owner) = TestServer::owner().await;
    let version = owner.get("/organisation").await.version();
    let rename = json!({"name": "Engines"});
    let blind = owner.ask(patch("/organisation").json(&rename)).await;
    assert_eq!(blind.expect_problem(428, "precondition_required")["current"], version);
    let stale = owner.patch("/organisation", version + 1, rename).await;
    assert_eq!(stale.expect_problem(412, "precondition_failed")["current"], version);
    for (field, wrong) in [
        ("name", json!("")),
        ("time_zone", json!("Europe/Atlantis")),
        ("first_day_of_week", json!(0)),
        ("week_target_seconds", json!(604_801)),
        ("week_target_seconds", json!(-1)),
        ("name", json!(null)),
        ("currency", json!("EUR")),
    ] {
        let refused = owner.patch("/organisation", version, json!({field: wrong})).await;
        refused.expect_invalid(&format!("/{field}"));
    }
    assert_eq!(owner.get("/organisation").await.version(), version);
}
