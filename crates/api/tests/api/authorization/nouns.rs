//! The organisation, its people and its nouns.

use serde_json::json;

use super::{
    row::{Row, Who, row},
    world::CSV,
};
use crate::support::{get, patch, post};

pub fn rows() -> Vec<Row> {
    [projects_clients_and_tags(), people(), imports()].concat()
}

fn projects_clients_and_tags() -> Vec<Row> {
    use Who::{Manager, Member};
    vec![
        row("GET /projects", Member, 200, |_, _| get("/projects")),
        row("POST /projects", Manager, 201, |_, _| post("/projects").json(&json!({"name": "Looms"}))),
        row("GET /projects/{id}", Member, 200, |world, _| get(format!("/projects/{}", world.project))),
        row("PATCH /projects/{id}", Manager, 200, |world, _| {
            patch(format!("/projects/{}", world.project)).if_match(1).json(&json!({"archived": true}))
        }),
        row("GET /clients", Member, 200, |_, _| get("/clients")),
        row("POST /clients", Manager, 201, |_, _| post("/clients").json(&json!({"name": "Royal Society"}))),
        row("GET /clients/{id}", Member, 200, |world, _| get(format!("/clients/{}", world.client))),
        row("PATCH /clients/{id}", Manager, 200, |world, _| {
            patch(format!("/clients/{}", world.client)).if_match(1).json(&json!({"archived": true}))
        }),
        row("GET /tags", Member, 200, |_, _| get("/tags")),
        row("POST /tags", Manager, 201, |_, _| post("/tags").json(&json!({"name": "remote"}))),
        row("GET /tags/{id}", Member, 200, |world, _| get(format!("/tags/{}", world.tag))),
        row("PATCH /tags/{id}", Manager, 200, |world, _| {
            patch(format!("/tags/{}", world.tag)).if_match(1).json(&json!({"archived": true}))
        }),
    ]
}

fn people() -> Vec<Row> {
    use Who::{Admin, Manager, Member, Owner};
    vec![
        row("GET /organisation", Member, 200, |_, _| get("/organisation")),
        row("PATCH /organisation", Admin, 200, |_, _| {
            patch("/organisation").if_match(1).json(&json!({"first_day_of_week": 7}))
        }),
        row("GET /checkpoint", Member, 200, |_, _| get("/checkpoint")),
        row("GET /members", Member, 200, |_, _| get("/members")),
        row("GET /members/{id}", Member, 200, |world, who| get(format!("/members/{}", world.of(who).member))),
        row("GET /members/{id}", Manager, 200, |world, who| {
            get(format!("/members/{}", world.other(who).member))
        })
        .hidden(),
        row("POST /members", Admin, 201, |_, _| {
            post("/members").json(&json!({"name": "Otto", "role": "admin"}))
        }),
        row("POST /members", Owner, 201, |_, _| {
            post("/members").json(&json!({"name": "Otto", "role": "owner"}))
        }),
        row("PATCH /members/{id}", Admin, 200, |world, _| {
            patch(format!("/members/{}", world.without_sign_in)).if_match(1).json(&json!({"role": "admin"}))
        }),
        row("PATCH /members/{id}", Owner, 200, |world, _| {
            patch(format!("/members/{}", world.without_sign_in)).if_match(1).json(&json!({"role": "owner"}))
        }),
        row("POST /members/{id}/erasure", Owner, 200, |world, _| {
            post(format!("/members/{}/erasure", world.archived))
        }),
        row("POST /members/{id}/invitation", Admin, 201, |world, _| {
            let path = format!("/members/{}/invitation", world.without_sign_in);
            post(path).json(&json!({"email": "ben@example.com"}))
        }),
    ]
}

fn imports() -> Vec<Row> {
    use Who::Admin;
    vec![
        row("POST /import", Admin, 200, |_, _| {
            post("/import?dry_run=true&time_zone=Europe/Vienna").body("text/csv", CSV)
        }),
        row("POST /import", Admin, 201, |_, _| {
            let other = CSV.replace("2026-02-02", "2026-02-09");
            post("/import?dry_run=false&time_zone=Europe/Vienna").body("text/csv", other)
        }),
        // This server takes files of any size directly.
        row("POST /import/uploads", Admin, 404, |_, _| post("/import/uploads").json(&json!({"bytes": 1}))),
        row("GET /imports", Admin, 200, |_, _| get("/imports")),
        row("POST /imports/{id}/undo", Admin, 200, |world, _| {
            post(format!("/imports/{}/undo", world.import))
        }),
    ]
}
