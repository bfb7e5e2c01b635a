//! The file itself: its name, its type, and who may have it.

use crate::{support::TestServer, timesheets::hour};

#[tokio::test]
async fn a_file_has_a_name_a_type_and_a_length() {
    let (_server, owner) = TestServer::owner().await;
    hour(&owner).await;
    for (query, content_type, name) in [
        ("format=csv", "text/csv; charset=utf-8", "vibesheets.csv"),
        (
            "format=xlsx&start_date=2026-03-01",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "vibesheets-2026-03-01.xlsx",
        ),
        (
            "format=json&start_date=2026-03-01&end_date=2026-03-31",
            "application/json",
            "vibesheets-2026-03-01-2026-03-31.json",
        ),
    ] {
        let answer = owner.get(format!("/export?{query}")).await.expect(200);
        assert_eq!(answer.header("content-type"), content_type);
        assert_eq!(answer.header("content-disposition"), format!("attachment; filename=\"{name}\""));
        assert_eq!(answer.header("content-length"), answer.body.len().to_string());
    }
}

#[tokio::test]
async fn a_range_may_be_of_any_length_and_open_at_either_end() {
    let (_server, owner) = TestServer::owner().await;
    hour(&owner).await;
    for (range, entries) in [
        ("", 1),
        ("&start_date=2026-03-01", 1),
        ("&start_date=2026-03-02", 0),
        ("&end_date=2026-02-28", 0),
        ("&start_date=0001-01-01&end_date=9999-12-31", 1),
    ] {
        let file = owner.get(format!("/export?format=json{range}")).await.expect(200).json();
        assert_eq!(file["entries"].as_array().map(Vec::len), Some(entries), "{range}");
    }
}

#[tokio::test]
async fn members_export_their_own_and_managers_everybodys() {
    let (server, team) = TestServer::team().await;
    hour(&team.member).await;
    let of = |whose: &str| format!("/export?format=json&member_id={whose}");
    let hers = of(&team.member.member_id().to_string());
    for client in [&team.member, &team.manager, &team.admin, &team.owner] {
        assert_eq!(client.get(&*hers).await.expect(200).json()["total_seconds"], 3_600);
    }
    team.member.get(of("all")).await.expect_problem(403, "forbidden");
    team.member.get(of(&team.owner.member_id().to_string())).await.expect_problem(404, "not_found");
    let stranger = server.stranger().await;
    stranger.get(&*hers).await.expect_problem(404, "not_found");
    assert_eq!(stranger.get(of("all")).await.expect(200).json()["total_seconds"], 0);
}

#[tokio::test]
async fn every_parameter_is_checked() {
    let (_server, owner) = TestServer::owner().await;
    for (query, pointer) in [
        ("", "/format"),
        ("format=pdf", "/format"),
        ("format=CSV", "/format"),
        ("format=csv&start_date=yesterday", "/start_date"),
        ("format=csv&start_date=2026-03-02&end_date=2026-03-01", "/end_date"),
        ("format=csv&member_id=everyone", "/member_id"),
        ("format=csv&project_id=1", "/project_id"),
        ("format=csv&limit=1", "/limit"),
    ] {
        owner.get(format!("/export?{query}")).await.expect_invalid(pointer);
    }
}
