//! Time: one's own, and that of others.

use serde_json::{Value, json};

use super::row::{Row, Who, row};
use crate::support::{delete, get, post, put};

/// Eight hours on a day that nobody has an entry on.
fn entry(member: Option<&str>) -> Value {
    let mut entry = json!({"start": "2026-02-20T08:00:00+01:00", "end": "2026-02-20T16:00:00+01:00"});
    if let Some(member) = member {
        entry["member_id"] = json!(member);
    }
    entry
}

const RANGE: &str = "start_date=2026-02-01&end_date=2026-03-31";

pub fn rows() -> Vec<Row> {
    [own(), of_others()].concat()
}

fn own() -> Vec<Row> {
    use Who::Member;
    vec![
        row("POST /clock", Member, 200, |_, _| post("/clock").json(&json!({"action": "in"}))),
        row("GET /status", Member, 200, |_, _| get("/status")),
        row("GET /timesheets", Member, 200, |_, _| get(format!("/timesheets?{RANGE}"))),
        row("POST /timesheets", Member, 201, |_, _| post("/timesheets").json(&entry(None))),
        row("GET /timesheets/{id}", Member, 200, |world, who| {
            get(format!("/timesheets/{}", world.of(who).entry))
        }),
        row("PUT /timesheets/{id}", Member, 200, |world, who| {
            put(format!("/timesheets/{}", world.of(who).entry)).if_match(1).json(&entry(None))
        }),
        row("DELETE /timesheets/{id}", Member, 204, |world, who| {
            delete(format!("/timesheets/{}", world.of(who).entry)).if_match(1)
        }),
        row("POST /timesheets/{id}/restore", Member, 200, |world, who| {
            post(format!("/timesheets/{}/restore", world.of(who).deleted))
        }),
        row("GET /timesheets/{id}/history", Member, 200, |world, who| {
            get(format!("/timesheets/{}/history", world.of(who).entry))
        }),
        row("GET /export", Member, 200, |_, _| get(format!("/export?format=csv&{RANGE}"))),
        row("GET /reports", Member, 200, |_, _| get(format!("/reports?group_by=date&{RANGE}"))),
    ]
}

/// Of Mia, the member; what she asks for here is everyone's.
fn of_others() -> Vec<Row> {
    use Who::Manager;
    let rows = [
        row("GET /timesheets", Manager, 200, |world, who| {
            let whose = if who == Who::Member { "all" } else { &world.of(Who::Member).member };
            get(format!("/timesheets?member_id={whose}&{RANGE}"))
        }),
        row("GET /export", Manager, 200, |_, _| get(format!("/export?format=csv&member_id=all&{RANGE}"))),
        row("GET /reports", Manager, 200, |_, _| {
            get(format!("/reports?group_by=member&member_id=all&{RANGE}"))
        }),
        row("POST /timesheets", Manager, 201, |world, who| {
            let other = if who == Who::Member { Who::Owner } else { Who::Member };
            post("/timesheets").json(&entry(Some(&world.of(other).member)))
        })
        .hidden(),
    ];
    let of_one = [
        row("GET /timesheets/{id}", Manager, 200, |world, who| {
            get(format!("/timesheets/{}", world.other(who).entry))
        }),
        row("PUT /timesheets/{id}", Manager, 200, |world, who| {
            put(format!("/timesheets/{}", world.other(who).entry)).if_match(1).json(&entry(None))
        }),
        row("DELETE /timesheets/{id}", Manager, 204, |world, who| {
            delete(format!("/timesheets/{}", world.other(who).entry)).if_match(1)
        }),
        row("POST /timesheets/{id}/restore", Manager, 200, |world, who| {
            post(format!("/timesheets/{}/restore", world.other(who).deleted))
        }),
        row("GET /timesheets/{id}/history", Manager, 200, |world, who| {
            get(format!("/timesheets/{}/history", world.other(who).entry))
        }),
    ];
    rows.into_iter().chain(of_one.map(Row::hidden)).collect()
}
