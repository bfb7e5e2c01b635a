//! The calls of each function.

use serde_json::json;

use super::{
    call::{Call, edit, get, send},
    world::{CSV, World, day_of},
};
use crate::support::PASSWORD;

const RANGE: &str = "start_date=2026-02-01&end_date=2026-03-31";

/// Each operation of a function, called at least once.
pub fn of(world: &World, function: &str) -> Vec<(&'static str, Call)> {
    let id = |name: &str| world.ids[name].as_str();
    match function {
        "health" => vec![
            ("GET /health", get("/health")),
            ("GET /health/live", get("/health/live")),
            ("GET /health/ready", get("/health/ready")),
        ],
        "auth-config" => vec![("GET /auth", get("/auth")), ("GET /openapi.json", get("/openapi.json"))],
        "auth" => auth(id("invitation"), id("session")),
        "clock-in-out" => vec![
            ("POST /clock", send("/clock", &json!({"action": "in", "project_id": id("project")}))),
            ("POST /clock", send("/clock", &json!({"action": "switch"}))),
            ("POST /clock", send("/clock", &json!({"action": "out"}))),
        ],
        "clock-status" => vec![("GET /status", get("/status"))],
        "get-timesheets" => read_time(id("entry")),
        "update-timesheet" => {
            write_time([id("entry"), id("deleted"), id("gone"), id("another's entry")], id("project"))
        }
        "export-timesheet" => vec![
            ("GET /export", get("/export?format=csv")),
            ("GET /export", get("/export?format=xlsx&member_id=all")),
            ("GET /export", get(format!("/export?format=json&client_id={}", id("client")))),
        ],
        "reports" => vec![
            ("GET /reports", get(format!("/reports?group_by=date&{RANGE}"))),
            ("GET /reports", get(format!("/reports?group_by=member&member_id=all&{RANGE}"))),
            ("GET /reports", get(format!("/reports?group_by=project&client_id={}&{RANGE}", id("client")))),
        ],
        "projects" => nouns(id("project"), id("client"), id("tag")),
        "members" => members(id("member")),
        "erase-member" => {
            vec![("POST /members/{id}/erasure", get(format!("/members/{}/erasure", id("archived"))))]
        }
        "import-timesheet" => import(id("import")),
        other => panic!("{other} is new: call its operations here"),
    }
}
fn auth(invitation: &str, session: &str) -> Vec<(&'static str, Call)> {
    let somebody = |name: &str| json!({"email": format!("{name}@example.com"), "password": PASSWORD, "name": name, "time_zone": "UTC"});
    let (mut nora, mut sam) = (somebody("nora"), somebody("sam"));
    nora["invitation"] = json!(invitation);
    sam["organisation"] = json!("Mills");
    let credentials = json!({"email": "olga@example.com", "password": PASSWORD});
    let password = json!({"current_password": PASSWORD, "new_password": PASSWORD});
    vec![
        ("POST /auth/invitation", send("/auth/invitation", &json!({"invitation": invitation}))),
        ("POST /auth/signup", send("/auth/signup", &nora)),
        ("POST /auth/signup", send("/auth/signup", &sam)),
        ("POST /auth/login", send("/auth/login", &credentials)),
        ("POST /auth/token", send("/auth/token", &credentials)),
        ("GET /sessions", get("/sessions")),
        ("DELETE /sessions/{id}", get(format!("/sessions/{session}"))),
        ("GET /me", get("/me")),
        ("PATCH /me", send("/me", &json!({"locale": "de"}))),
        ("POST /me/password", send("/me/password", &password)),
        ("POST /auth/logout", get("/auth/logout")),
    ]
}

fn read_time(entry: &str) -> Vec<(&'static str, Call)> {
    vec![
        ("GET /timesheets", get(format!("/timesheets?{RANGE}"))),
        ("GET /timesheets", get(format!("/timesheets?member_id=all&{RANGE}"))),
        ("GET /timesheets/{id}", get(format!("/timesheets/{entry}"))),
        ("GET /timesheets/{id}/history", get(format!("/timesheets/{entry}/history"))),
        ("GET /checkpoint", get("/checkpoint")),
    ]
}

fn write_time([entry, deleted, gone, anothers]: [&str; 4], project: &str) -> Vec<(&'static str, Call)> {
    let mut on_a_project = day_of("20");
    on_a_project["project_id"] = json!(project);
    vec![
        ("POST /timesheets", send("/timesheets", &day_of("19"))),
        ("PUT /timesheets/{id}", edit(format!("/timesheets/{entry}"), &on_a_project)),
        ("PUT /timesheets/{id}", edit(format!("/timesheets/{anothers}"), &on_a_project)),
        ("DELETE /timesheets/{id}", Call { version: "\"1\"", ..get(format!("/timesheets/{gone}")) }),
        ("POST /timesheets/{id}/restore", get(format!("/timesheets/{deleted}/restore"))),
    ]
}

fn nouns(project: &str, client: &str, tag: &str) -> Vec<(&'static str, Call)> {
    let (made, changed) = (json!({"name": "Looms"}), json!({"archived": true}));
    vec![
        ("GET /projects", get("/projects")),
        ("POST /projects", send("/projects", &made)),
        ("GET /projects/{id}", get(format!("/projects/{project}"))),
        ("PATCH /projects/{id}", edit(format!("/projects/{project}"), &changed)),
        ("GET /clients", get("/clients")),
        ("POST /clients", send("/clients", &made)),
        ("GET /clients/{id}", get(format!("/clients/{client}"))),
        ("PATCH /clients/{id}", edit(format!("/clients/{client}"), &changed)),
        ("GET /tags", get("/tags")),
        ("POST /tags", send("/tags", &made)),
        ("GET /tags/{id}", get(format!("/tags/{tag}"))),
        ("PATCH /tags/{id}", edit(format!("/tags/{tag}"), &changed)),
    ]
}

fn members(member: &str) -> Vec<(&'static str, Call)> {
    let invited = json!({"email": "ben@example.com"});
    vec![
        ("GET /organisation", get("/organisation")),
        ("PATCH /organisation", edit("/organisation", &json!({"first_day_of_week": 7}))),
        ("GET /members", get("/members")),
        ("POST /members", send("/members", &json!({"name": "Otto", "role": "member"}))),
        ("GET /members/{id}", get(format!("/members/{member}"))),
        ("PATCH /members/{id}", edit(format!("/members/{member}"), &json!({"role": "manager"}))),
        ("POST /members/{id}/invitation", send(format!("/members/{member}/invitation"), &invited)),
        // Ends the one before.
        ("POST /members/{id}/invitation", send(format!("/members/{member}/invitation"), &invited)),
        ("PATCH /members/{id}", {
            let archived = edit(format!("/members/{member}"), &json!({"archived": true}));
            Call { version: "\"3\"", ..archived }
        }),
    ]
}

fn import(import: &str) -> Vec<(&'static str, Call)> {
    let file = |dry_run: bool| Call {
        content_type: "text/csv",
        // Another day and other people, clients, projects and tags, which are all made.
        body: CSV.replace("2026-02-02", "2026-02-09").replace(['M', 'R', 'E'], "Other ").into_bytes(),
        ..get(format!("/import?dry_run={dry_run}&time_zone=Europe/Vienna"))
    };
    let again = Call { body: CSV.into(), ..file(false) };
    vec![
        ("POST /import", file(true)),
        ("POST /import", file(false)),
        ("POST /import/uploads", send("/import/uploads", &json!({"bytes": 1}))),
        ("GET /imports", get("/imports")),
        ("POST /imports/{id}/undo", get(format!("/imports/{import}/undo"))),
        // Brings back to its place what was moved before it was taken out.
        ("POST /import", again),
    ]
}
