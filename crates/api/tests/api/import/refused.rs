//! Who may import, and what is no import at all.

use axum::http::Method;
use serde_json::json;

use super::support::{number, send};
use crate::support::{Ask, TestServer, post};

const FILE: &str = "User,Email,Start date,Start time,End date,End time,Duration\n\
    Ada,ada@example.com,2026-02-02,09:00:00,2026-02-02,10:00:00,01:00:00\n";

fn upload(query: &str) -> Ask {
    post(format!("/import{query}")).body("text/csv", FILE)
}

#[tokio::test]
async fn owners_and_admins_import_and_nobody_else() {
    let (server, team) = TestServer::team().await;
    for client in [&team.manager, &team.member] {
        for dry_run in [true, false] {
            let answer = send(client, FILE.as_bytes(), "UTC", dry_run, "").await;
            answer.expect_problem(403, "forbidden");
        }
        client.get("/imports").await.expect_problem(403, "forbidden");
    }
    let anonymous = server.anonymous();
    send(&anonymous, FILE.as_bytes(), "UTC", true, "").await.expect_problem(401, "not_signed_in");
    send(&team.admin, FILE.as_bytes(), "UTC", true, "").await.expect(200);
    send(&team.owner, FILE.as_bytes(), "UTC", false, "").await.expect(201);
}

#[tokio::test]
async fn without_a_word_about_it_nothing_is_written() {
    let (_server, owner) = TestServer::owner().await;
    let report = owner.ask(upload("?time_zone=UTC")).await.expect(200).json();
    assert_eq!((&report["dry_run"], number(&report, "rows/ready")), (&json!(true), 1));
    assert_eq!(owner.get("/imports").await.json(), json!({"imports": []}));
}

#[tokio::test]
async fn a_dry_run_names_what_would_be_made_and_makes_it_under_the_same_id_later() {
    let (_server, owner) = TestServer::owner().await;
    let dry = owner.ask(upload("?time_zone=UTC")).await.expect(200).json();
    assert_eq!(dry["new"]["members"], json!(["Ada"]));
    assert_eq!((&dry["members"][0]["new"], &dry["members"][0]["member_id"]), (&json!(true), &json!(null)));
    let done = owner.ask(upload("?time_zone=UTC&dry_run=false")).await.expect(201).json();
    assert_eq!(done["import_id"], dry["import_id"]);
    let path = format!("/members/{}", done["members"][0]["member_id"].as_str().expect("an id"));
    let ada = owner.get(path).await.expect(200).json();
    assert_eq!((&ada["sign_in"], &ada["role"]), (&json!("none"), &json!("member")));
}

#[tokio::test]
async fn the_zone_has_to_be_said_and_every_parameter_has_to_be_one() {
    let (_server, owner) = TestServer::owner().await;
    for (query, pointer) in [
        ("", "/time_zone"),
        ("?time_zone=Europe/Atlantis", "/time_zone"),
        ("?time_zone=UTC&dry_run=perhaps", "/dry_run"),
        ("?time_zone=UTC&source=harvest", "/source"),
        ("?time_zone=UTC&date_order=ydm", "/date_order"),
        ("?time_zone=UTC&overlaps=keep", "/overlaps"),
        ("?time_zone=UTC&dryrun=true", "/dryrun"),
    ] {
        owner.ask(upload(query)).await.expect_invalid(pointer);
    }
}

#[tokio::test]
async fn the_body_has_to_say_that_it_is_csv() {
    let (_server, owner) = TestServer::owner().await;
    for content_type in ["text/plain", "application/vnd.ms-excel", "application/json", "text/csvx", ""] {
        let ask = post("/import?time_zone=UTC").body(content_type, FILE);
        owner.ask(ask).await.expect_problem(415, "unsupported_media_type");
    }
    let with_parameter = post("/import?time_zone=UTC").body("Text/CSV; header=present", FILE);
    owner.ask(with_parameter).await.expect(200);
}

#[tokio::test]
async fn a_file_of_more_than_32_mib_is_refused() {
    let (_server, owner) = TestServer::owner().await;
    let body = vec![b'x'; 32 * 1024 * 1024 + 1];
    let ask = post("/import?time_zone=UTC").body("text/csv", body);
    owner.ask(ask).await.expect_problem(413, "too_large");
}

#[tokio::test]
async fn nobody_who_may_not_import_makes_the_server_read_a_file() {
    let (_server, team) = TestServer::team().await;
    let ask = post("/import?time_zone=UTC").body("text/csv", vec![b'x'; 32 * 1024 * 1024 + 1]);
    team.manager.ask(ask).await.expect_problem(403, "forbidden");
}

#[tokio::test]
async fn breaks_that_clockify_exports_beside_the_work_do_not_come_in() {
    let (_server, owner) = TestServer::owner().await;
    let csv = "User,Email,Type,Start Date,Start Time,End Date,End Time,Duration (h)\n\
        Ada,ada@example.com,Regular,2026-02-16,09:00:00,2026-02-16,12:00:00,03:00:00\n\
        Ada,ada@example.com,Break,2026-02-16,12:00:00,2026-02-16,12:30:00,00:30:00\n";
    let report = send(&owner, csv.as_bytes(), "UTC", false, "").await.expect(201).json();
    let refusal = &report["refused"][0];
    assert_eq!(
        (&refusal["line"], &refusal["column"], &refusal["code"]),
        (&json!(3), &json!("Type"), &json!("break"))
    );
    assert!(refusal["detail"].as_str().expect("a sentence").contains("not work"), "{refusal}");
    assert_eq!((number(&report, "rows/ready"), number(&report, "total_seconds")), (1, 10_800));
}

#[tokio::test]
async fn another_site_cannot_send_a_file_in_somebodys_name() {
    let (_server, owner) = TestServer::owner().await;
    let cross_site = upload("?time_zone=UTC&dry_run=false").header("sec-fetch-site", "cross-site");
    owner.ask(cross_site).await.expect_problem(403, "forbidden");
    // And a browser that asks first is told of no permission.
    let preflight = Ask::new(Method::OPTIONS, "/import").header("origin", "https://evil.example");
    let answer = owner.ask(preflight).await;
    assert_eq!(answer.header("access-control-allow-origin"), "");
}
