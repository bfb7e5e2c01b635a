//! What there is to call operations on.

use std::collections::BTreeMap;

use axum::http::Method;
use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, SETUP_CODE, admin, sign_up};

/// Two hours of somebody unknown, at a project of a client unknown.
pub const CSV: &str = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n\
    Mia,mia@example.com,Royal Society,Engines,,,No,2026-02-02,09:00:00,2026-02-02,11:00:00,02:00:00,remote\n";

/// An organisation that has one of everything.
pub struct World {
    pub token: String,
    pub ids: BTreeMap<&'static str, String>,
}

impl World {
    pub async fn make(nobody: &Client) -> Self {
        let first = json!({"organisation": "Looms", "setup_code": SETUP_CODE});
        let owner = sign_up(nobody, "Olga", &first).await;
        admin(nobody, &owner, "Ada").await;
        let mut ids = BTreeMap::from([("archived", archived(nobody, &owner).await)]);
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
        let mut bens = day_of("16");
        bens["member_id"] = json!(ids["member"]);
        let bens = owner.post("/timesheets", &bens).await.expect(201).json();
        ids.insert("another's entry", text(&bens["id"]));
        let invited = json!({"name": "Nora", "role": "member", "email": "nora@example.com"});
        let nora = owner.post("/members", &invited).await.expect(201).json();
        let link = text(&nora["invitation"]["url"]);
        ids.insert("invitation", link.rsplit('#').next().expect("a token").to_owned());
        let path = "/import?dry_run=false&time_zone=Europe/Vienna";
        let imported = owner.ask(Method::POST, path, "text/csv", CSV.as_bytes().to_vec()).await.expect(201);
        ids.insert("import", text(&imported.json()["import_id"]));
        move_imported(&owner).await;
        let credentials = json!({"email": "olga@example.com", "password": PASSWORD});
        let other = nobody.post("/auth/token", &credentials).await.expect(200).json();
        let other = nobody.with_token(other["access_token"].as_str().expect("a token"));
        ids.insert("session", text(&other.get("/me").await.expect(200).json()["session"]["id"]));
        Self { token: owner.token().to_owned(), ids }
    }
}

/// Somebody who signed in, worked and was archived.
async fn archived(nobody: &Client, owner: &Client) -> String {
    let iris = admin(nobody, owner, "Iris").await;
    iris.post("/timesheets", &day_of("16")).await.expect(201);
    let member = text(&iris.get("/me").await.expect(200).json()["member"]["id"]);
    let path = format!("/members/{member}");
    let archive = json!({"archived": true}).to_string().into_bytes();
    let owner = owner.with_if_match("\"2\"");
    owner.ask(Method::PATCH, &path, "application/json", archive).await.expect(200);
    member
}

/// Moves the imported entry to another day.
async fn move_imported(owner: &Client) {
    let day = "/timesheets?member_id=all&start_date=2026-02-02&end_date=2026-02-02";
    let imported = owner.get(day).await.expect(200).json();
    let path = format!("/timesheets/{}", text(&imported["entries"][0]["id"]));
    let moved = day_of("05").to_string().into_bytes();
    owner.with_if_match("\"1\"").ask(Method::PUT, &path, "application/json", moved).await.expect(200);
}

/// Eight hours on a day of February.
pub fn day_of(day: &str) -> Value {
    json!({"start": format!("2026-02-{day}T08:00:00+01:00"), "end": format!("2026-02-{day}T16:00:00+01:00")})
}

fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}
