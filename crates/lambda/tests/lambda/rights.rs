//! Which rights each function needs: each operation is called over DynamoDB, and what it asks of which table is noted.
//! `rights.json` says it for whoever deploys.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use axum::http::Method;
use serde_json::{Value, json};
use vibesheets_api::{Function, functions};

use crate::support::{ApiGateway, Bootstrap, Client, PASSWORD, Recorder, Rights, admin, new_store, sign_up};

const KEY: &str = "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f";
const CSV: &str = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n\
    Mia,mia@example.com,Royal Society,Engines,,,No,2026-02-02,09:00:00,2026-02-02,11:00:00,02:00:00,remote\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_function_needs_the_rights_that_are_written_down_and_no_others() {
    let store = new_store().await;
    let (name, engine) = store.split_once("?endpoint=").expect("an endpoint");
    let recorder = Recorder::start(engine, name.trim_start_matches("dynamodb:")).await;
    let recorded = format!("{name}?endpoint={}", recorder.endpoint);
    let everything = bootstrap(&store, "").await;
    let world = World::make(&everything.client(ApiGateway::Http)).await;
    let mut found: BTreeMap<&str, Rights> = BTreeMap::new();
    let mut functions = functions();
    // It signs out.
    functions.sort_by_key(|function| function.name == "auth");
    for function in functions {
        let alone = bootstrap(&recorded, function.name).await;
        let mut called = BTreeSet::new();
        for (operation, call) in world.calls(function.name) {
            let client = alone.client(ApiGateway::Http).with_token(&world.token);
            call.send(&client, operation).await;
            called.insert(operation.to_owned());
        }
        assert_eq!(called, operations(&function), "each operation of {} is called", function.name);
        found.insert(function.name, recorder.take());
    }
    compare(&found);
}

fn compare(found: &BTreeMap<&str, Rights>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rights.json");
    let made = serde_json::to_string_pretty(found).expect("JSON") + "\n";
    if std::env::vars().any(|(name, _)| name == "UPDATE_SNAPSHOTS") {
        fs::write(&path, made).expect("written");
        return;
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(made, committed, "crates/lambda/rights.json differs; write it anew with UPDATE_SNAPSHOTS=1");
}

fn operations(function: &Function) -> BTreeSet<String> {
    let description = serde_json::to_value(function.router.get_openapi()).expect("JSON");
    let paths = description["paths"].as_object().expect("paths");
    let operations = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().expect("methods").keys();
        methods.map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    operations.collect()
}

async fn bootstrap(store: &str, function: &str) -> Bootstrap {
    Bootstrap::start(&[
        ("VIBESHEETS_FUNCTION", function),
        ("VIBESHEETS_PUBLIC_URL", "http://localhost:3000"),
        ("VIBESHEETS_SESSION_KEY", KEY),
        ("VIBESHEETS_SIGNUP", "open"),
        ("VIBESHEETS_STORE", store),
    ])
    .await
}

/// One call of an operation.
struct Call {
    path: String,
    content_type: &'static str,
    body: Vec<u8>,
    /// `If-Match`, where it is an edit.
    version: &'static str,
}

impl Call {
    async fn send(&self, client: &Client, operation: &str) {
        let method: Method =
            operation.split(' ').next().and_then(|word| word.parse().ok()).expect("a method");
        let client = client.with_if_match(self.version);
        let answer = client.ask(method, &self.path, self.content_type, self.body.clone()).await;
        // This function has no bucket: what it would do with one is S3's affair.
        let is_as_it_should = answer.status < 400 || operation == "POST /import/uploads";
        assert!(is_as_it_should, "{operation}: {} {}", answer.status, String::from_utf8_lossy(&answer.body));
    }
}

fn get(path: impl Into<String>) -> Call {
    Call { path: path.into(), content_type: "", body: Vec::new(), version: "" }
}

fn send(path: impl Into<String>, body: &Value) -> Call {
    Call { content_type: "application/json", body: body.to_string().into_bytes(), ..get(path) }
}

fn edit(path: impl Into<String>, body: &Value) -> Call {
    Call { version: "\"1\"", ..send(path, body) }
}

/// An organisation that has one of everything.
struct World {
    token: String,
    ids: BTreeMap<&'static str, String>,
}

impl World {
    async fn make(nobody: &Client) -> Self {
        let owner = sign_up(nobody, "Olga", &json!({"organisation": "Looms"})).await;
        admin(nobody, &owner, "Ada").await;
        let mut ids = BTreeMap::new();
        for (name, path, day) in
            [("entry", "/timesheets", "16"), ("deleted", "/timesheets", "17"), ("gone", "/timesheets", "18")]
        {
            let made = owner.post(path, &day_of(day)).await.expect(201).json();
            ids.insert(name, text(&made["id"]));
        }
        let restored = format!("/timesheets/{}", ids["deleted"]);
        owner.with_if_match("\"1\"").ask(Method::DELETE, &restored, "", Vec::new()).await.expect(204);
        for (name, path) in [("project", "/projects"), ("client", "/clients"), ("tag", "/tags")] {
            let made = owner.post(path, &json!({"name": "Mills"})).await.expect(201).json();
            ids.insert(name, text(&made["id"]));
        }
        let ben = owner.post("/members", &json!({"name": "Ben", "role": "member"})).await.expect(201).json();
        ids.insert("member", text(&ben["member"]["id"]));
        let invited = json!({"name": "Nora", "role": "member", "email": "nora@example.com"});
        let nora = owner.post("/members", &invited).await.expect(201).json();
        let link = text(&nora["invitation"]["url"]);
        ids.insert("invitation", link.rsplit('#').next().expect("a token").to_owned());
        let path = "/import?dry_run=false&time_zone=Europe/Vienna";
        let imported = owner.ask(Method::POST, path, "text/csv", CSV.as_bytes().to_vec()).await.expect(201);
        ids.insert("import", text(&imported.json()["import_id"]));
        let credentials = json!({"email": "olga@example.com", "password": PASSWORD});
        let other = nobody.post("/auth/token", &credentials).await.expect(200).json();
        let other = nobody.with_token(other["access_token"].as_str().expect("a token"));
        ids.insert("session", text(&other.get("/me").await.expect(200).json()["session"]["id"]));
        Self { token: owner.token().to_owned(), ids }
    }

    fn calls(&self, function: &str) -> Vec<(&'static str, Call)> {
        let id = |name: &str| self.ids[name].as_str();
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
            "update-timesheet" => write_time([id("entry"), id("deleted"), id("gone")], id("project")),
            "export-timesheet" => vec![
                ("GET /export", get("/export?format=csv")),
                ("GET /export", get("/export?format=xlsx&member_id=all")),
                ("GET /export", get(format!("/export?format=json&client_id={}", id("client")))),
            ],
            "reports" => vec![
                ("GET /reports", get(format!("/reports?group_by=date&{RANGE}"))),
                ("GET /reports", get(format!("/reports?group_by=member&member_id=all&{RANGE}"))),
                (
                    "GET /reports",
                    get(format!("/reports?group_by=project&client_id={}&{RANGE}", id("client"))),
                ),
            ],
            "projects" => nouns(id("project"), id("client"), id("tag")),
            "members" => members(id("member")),
            "import-timesheet" => import(id("import")),
            other => panic!("{other} is new: call its operations here"),
        }
    }
}

const RANGE: &str = "start_date=2026-02-01&end_date=2026-03-31";

fn day_of(day: &str) -> Value {
    json!({"start": format!("2026-02-{day}T08:00:00+01:00"), "end": format!("2026-02-{day}T16:00:00+01:00")})
}

fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
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
    ]
}

fn write_time([entry, deleted, gone]: [&str; 3], project: &str) -> Vec<(&'static str, Call)> {
    let mut on_a_project = day_of("20");
    on_a_project["project_id"] = json!(project);
    vec![
        ("POST /timesheets", send("/timesheets", &day_of("19"))),
        ("PUT /timesheets/{id}", edit(format!("/timesheets/{entry}"), &on_a_project)),
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
    vec![
        ("POST /import", file(true)),
        ("POST /import", file(false)),
        ("POST /import/uploads", send("/import/uploads", &json!({"bytes": 1}))),
        ("GET /imports", get("/imports")),
        ("POST /imports/{id}/undo", get(format!("/imports/{import}/undo"))),
    ]
}
