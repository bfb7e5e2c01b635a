//! Sending files, and what a server has of them.

use std::collections::BTreeMap;

use foreign_exports::{Expected, Truth, TruthRow};
use serde_json::Value;
use vibesheets_core::spreadsheet::restored;

use crate::support::{Answered, Client, post};

/// Seconds by address and work date; days without any are left out.
pub type PersonDays = BTreeMap<(String, String), i64>;

/// An entry as our CSV shows it, cells restored, times in UTC.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exported {
    pub email: String,
    pub name: String,
    pub start: String,
    pub end: String,
    pub seconds: i64,
    pub work_date: String,
    pub note: String,
    pub client: String,
    pub project: String,
    pub tags: Vec<String>,
    pub billable: bool,
}

/// Sends a file; `more` are further parameters, each with `&` before it.
pub async fn send(client: &Client, csv: &[u8], zone: &str, dry_run: bool, more: &str) -> Answered {
    let path = format!("/import?dry_run={dry_run}&time_zone={zone}&file_name=export.csv{more}");
    client.ask(post(path).body("text/csv", csv)).await
}

/// A number in a report, such as `rows/ready`.
#[track_caller]
pub fn number(report: &Value, path: &str) -> i64 {
    report.pointer(&format!("/{path}")).and_then(Value::as_i64).unwrap_or_else(|| panic!("{path}: {report}"))
}

/// What a report says comes in.
pub fn reported_days(report: &Value) -> PersonDays {
    let mut days = PersonDays::new();
    for member in report["members"].as_array().expect("members") {
        for day in member["days"].as_array().expect("days") {
            let key = (text(&member["email"]), text(&day["date"]));
            *days.entry(key).or_default() += day["seconds"].as_i64().expect("seconds");
        }
    }
    days.retain(|_, seconds| *seconds != 0);
    days
}

/// What the accepted rows sum to.
pub fn true_days(truth: &Truth) -> PersonDays {
    let days = truth.person_days.iter();
    let days = days.map(|day| ((day.email.clone(), day.date.clone()), day.seconds));
    days.filter(|(_, seconds)| *seconds != 0).collect()
}

/// The accepted rows as our export should show them.
pub fn true_entries(truth: &Truth) -> Vec<Exported> {
    let accepted = truth.rows.iter().filter(|row| row.expected == Expected::Accepted);
    let mut entries: Vec<Exported> = accepted.map(true_entry).collect();
    entries.sort();
    entries
}

fn true_entry(row: &TruthRow) -> Exported {
    let description = row.description.trim();
    let note = match row.task {
        None => description.to_owned(),
        Some(task) if description.is_empty() => task.to_owned(),
        Some(task) => format!("{task}: {description}"),
    };
    let mut tags: Vec<String> = row.tags.iter().map(|tag| (*tag).to_owned()).collect();
    tags.sort();
    Exported {
        email: row.email.clone(),
        name: row.name.clone(),
        start: row.start_utc.clone().expect("accepted rows have one reading"),
        end: row.end_utc.clone().expect("accepted rows have one reading"),
        seconds: row.seconds,
        work_date: row.work_date.clone(),
        note,
        client: row.client.unwrap_or_default().to_owned(),
        project: row.project.unwrap_or_default().to_owned(),
        tags,
        // Where the file does not say, it is what the project says, and projects that an import makes say no.
        billable: row.billable.unwrap_or(false),
    }
}

/// Everybody's entries, by the CSV export.
pub async fn exported(client: &Client) -> Vec<Exported> {
    let answer = client.get("/export?format=csv&member_id=all").await.expect(200);
    let mut reader = csv::Reader::from_reader(&answer.body[..]);
    let header = reader.headers().expect("a header").clone();
    let mut entries: Vec<Exported> = reader
        .records()
        .map(|record| {
            let record = record.expect("a record");
            let place = |name: &str| header.iter().position(|heading| heading == name).expect("the column");
            entry(|name| record.get(place(name)).expect("a cell"))
        })
        .collect();
    entries.sort();
    entries
}

fn entry<'r>(cell: impl Fn(&str) -> &'r str) -> Exported {
    let utc = |name: &str| cell(name).parse::<jiff::Timestamp>().expect("RFC 3339").to_string();
    let free = |name: &str| restored(cell(name)).to_owned();
    let tags = cell("Tags").split(", ").filter(|tag| !tag.is_empty());
    let mut tags: Vec<String> = tags.map(str::to_owned).collect();
    tags.sort();
    Exported {
        email: free("Email"),
        name: free("Member"),
        start: utc("Start"),
        end: utc("End"),
        seconds: cell("Seconds").parse().expect("a number"),
        work_date: cell("Work date").to_owned(),
        note: free("Note"),
        client: free("Client"),
        project: free("Project"),
        tags,
        billable: cell("Billable") == "yes",
    }
}

/// The sums of exported entries.
pub fn days_of(entries: &[Exported]) -> PersonDays {
    let mut days = PersonDays::new();
    for entry in entries {
        *days.entry((entry.email.clone(), entry.work_date.clone())).or_default() += entry.seconds;
    }
    days.retain(|_, seconds| *seconds != 0);
    days
}

/// Everybody's sums, by the JSON export.
pub async fn days_of_json(client: &Client) -> PersonDays {
    let members = client.get("/members").await.expect(200).json();
    let members = members["members"].as_array().expect("members");
    let emails: BTreeMap<String, String> =
        members.iter().map(|member| (text(&member["id"]), text(&member["email"]))).collect();
    let file = client.get("/export?format=json&member_id=all").await.expect(200).json();
    let mut days = PersonDays::new();
    let mut total = 0;
    for entry in file["entries"].as_array().expect("entries") {
        let seconds = entry["seconds"].as_i64().expect("closed");
        let key = (emails[&text(&entry["member_id"])].clone(), text(&entry["work_date"]));
        *days.entry(key).or_default() += seconds;
        total += seconds;
    }
    assert_eq!(file["total_seconds"].as_i64(), Some(total), "rows sum to their total");
    days.retain(|_, seconds| *seconds != 0);
    days
}

/// A string of JSON; empty for null.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
