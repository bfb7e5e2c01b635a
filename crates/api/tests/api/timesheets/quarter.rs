//! Three months of a team's time, made at random from a seed: nights, clock changes, zones, every label set.

use serde_json::{Value, json};

use crate::support::{Client, Team};

pub const RANGE: &str = "start_date=2026-03-01&end_date=2026-05-31";

/// Entries that each of the team gets.
const ENTRIES_EACH: usize = 40;
const ZONES: [&str; 4] = ["Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];
const LABELS: [&[&str]; 5] = [&[], &["night"], &["night", "on call"], &["a, b"], &["a", "b"]];
const NOTES: [&str; 4] = ["", "=SUM(A1:A9)", "two\nlines, \"quoted\"", "👩‍🚒 سلام"];

/// The projects and clients that the time is spent on.
pub struct Quarter {
    pub clients: [Value; 2],
    /// Two of the first client, one of the second, one of none.
    pub projects: [Value; 4],
}

/// The same numbers in every run (a linear congruential generator, Knuth's constants).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

impl Quarter {
    pub async fn worked(team: &Team, seed: u64) -> Self {
        let owner = &team.owner;
        let clients = [
            made(owner, "/clients", json!({"name": "Royal, Society"})).await,
            made(owner, "/clients", json!({"name": "+Mint"})).await,
        ];
        let mut projects = Vec::new();
        for (name, client) in [("Loom", Some(0)), ("@Engine", Some(0)), ("Coins", Some(1)), ("Own", None)] {
            let client = client.map(|place: usize| clients[place]["id"].clone());
            projects.push(made(owner, "/projects", json!({"name": name, "client_id": client})).await);
        }
        let projects = <[Value; 4]>::try_from(projects).expect("four");
        let mut numbers = Numbers(seed);
        for member in [&team.owner, &team.admin, &team.manager, &team.member] {
            work(owner, member, &projects, &mut numbers).await;
        }
        Self { clients, projects }
    }
}

async fn made(owner: &Client, path: &str, body: Value) -> Value {
    owner.post(path, body).await.expect(201).json()
}

/// One after the other, each up to 30 hours long and with up to a day and a half between them.
async fn work(owner: &Client, member: &Client, projects: &[Value; 4], numbers: &mut Numbers) {
    // From the last day before the range.
    let mut moment: i64 = 1_772_236_800;
    for _ in 0..ENTRIES_EACH {
        let start = moment + numbers.below(36 * 3_600) as i64;
        moment = start + numbers.below(30 * 3_600) as i64;
        let time = |seconds| jiff::Timestamp::from_second(seconds).expect("a time").to_string();
        let project = projects.get(numbers.below(5)).map(|project| project["id"].clone());
        let body = json!({
            "member_id": member.member_id(), "start": time(start), "end": time(moment),
            "time_zone": ZONES[numbers.below(4)], "project_id": project, "tags": LABELS[numbers.below(5)],
            "note": NOTES[numbers.below(4)], "billable": numbers.below(2) == 0,
        });
        owner.post("/timesheets", body).await.expect(201);
    }
}
