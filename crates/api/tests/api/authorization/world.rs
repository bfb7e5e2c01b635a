//! An organisation that has one of everything, and another one.

use serde_json::{Value, json};
use vibesheets_core::Role;

use super::row::Who;
use crate::support::{Client, Team, TestServer, get, post};

/// Two hours that Mia worked before there was VibeSheets.
pub const CSV: &str = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n\
    Mia,mia@example.com,,,,,No,2026-02-02,09:00:00,2026-02-02,11:00:00,02:00:00,\n";

/// What one member has.
pub struct Own {
    pub member: String,
    pub session: String,
    pub entry: String,
    pub deleted: String,
}

/// An organisation that has one of everything, and the owner of another one.
pub struct World {
    server: TestServer,
    team: Team,
    pub stranger: Client,
    own: [Own; 4],
    pub invitation: String,
    pub without_sign_in: String,
    pub archived: String,
    pub project: String,
    pub client: String,
    pub tag: String,
    pub import: String,
}

impl World {
    pub async fn new() -> Self {
        let (server, team) = TestServer::team().await;
        let owner = &team.owner;
        let own =
            [own(&team.member).await, own(&team.manager).await, own(&team.admin).await, own(owner).await];
        let import = post("/import?dry_run=false&time_zone=Europe/Vienna").body("text/csv", CSV);
        let import = owner.ask(import).await.expect(201).json();
        let ben = owner.post("/members", json!({"name": "Ben", "role": "member"})).await.expect(201).json();
        let otto = server.join(owner, "Otto", Role::Member).await;
        otto.post(
            "/timesheets",
            json!({"start": "2026-02-16T08:00:00+01:00", "end": "2026-02-16T09:00:00+01:00"}),
        )
        .await
        .expect(201);
        server.archive(owner, &otto).await;
        Self {
            archived: otto.member_id().to_string(),
            stranger: server.stranger().await,
            own,
            invitation: server.invite(owner, "Nora", Role::Member).await,
            without_sign_in: text(&ben["member"]["id"]),
            project: made(owner, "/projects").await,
            client: made(owner, "/clients").await,
            tag: made(owner, "/tags").await,
            import: text(&import["import_id"]),
            server,
            team,
        }
    }

    pub fn client(&self, who: Who) -> Client {
        match who {
            Who::Anonymous => self.server.anonymous(),
            Who::Member => self.team.member.clone(),
            Who::Manager => self.team.manager.clone(),
            Who::Admin => self.team.admin.clone(),
            Who::Owner => self.team.owner.clone(),
        }
    }

    /// What somebody has; what Mia has for whoever has nothing.
    pub fn of(&self, who: Who) -> &Own {
        match who {
            Who::Anonymous | Who::Member => &self.own[0],
            Who::Manager => &self.own[1],
            Who::Admin => &self.own[2],
            Who::Owner => &self.own[3],
        }
    }

    /// What somebody else has: Mia, or for her the manager.
    pub fn other(&self, who: Who) -> &Own {
        self.of(if who == Who::Member { Who::Manager } else { Who::Member })
    }

    /// All that the organisation's owner can see of it.
    pub async fn everything(&self) -> Vec<Value> {
        let mut seen = Vec::new();
        let range = "member_id=all&limit=1000&start_date=2026-01-01&end_date=2026-12-31";
        for path in
            ["/organisation", "/members", "/projects", "/clients", "/tags", "/imports", "/sessions", "/me"]
        {
            seen.push(self.team.owner.ask(get(path)).await.expect(200).json());
        }
        seen.push(self.team.owner.get(format!("/timesheets?{range}")).await.expect(200).json());
        for own in &self.own {
            let history = format!("/timesheets/{}/history", own.deleted);
            seen.push(self.team.owner.get(history).await.expect(200).json());
        }
        seen
    }
}

async fn own(client: &Client) -> Own {
    let me = client.get("/me").await.expect(200).json();
    let worked = |day: u8| json!({"start": format!("2026-02-{day}T08:00:00+01:00"), "end": format!("2026-02-{day}T16:00:00+01:00")});
    let entry = client.post("/timesheets", worked(16)).await.expect(201).json();
    let deleted = client.post("/timesheets", worked(17)).await.expect(201).json();
    let deleted = text(&deleted["id"]);
    client.delete(format!("/timesheets/{deleted}"), 1).await.expect(204);
    Own {
        member: text(&me["member"]["id"]),
        session: text(&me["session"]["id"]),
        entry: text(&entry["id"]),
        deleted,
    }
}

async fn made(owner: &Client, path: &str) -> String {
    text(&owner.post(path, json!({"name": "Engines"})).await.expect(201).json()["id"])
}

#[track_caller]
fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}
