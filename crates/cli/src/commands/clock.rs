//! What `in`, `out` and `status` share: the press of the button, and what the clock shows.

use jiff::civil::{DateTime, Time};
use serde_json::{Value, json};
use vibesheets_core::time::{Instant, LocalTime, Zone};

use crate::{
    client::{
        Client,
        replies::{Clocked, Entry, Me, Projects, Status},
    },
    failure::Failure,
    output::{date_and_time, hours_and_minutes, time_of_day},
};

use super::Shell;

/// What an entry is to say.
#[derive(Debug, clap::Args)]
pub struct About {
    /// The project, by name or id
    #[arg(long, value_name = "PROJECT")]
    project: Option<String>,
    /// A note
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// A label; give it again for more
    #[arg(long = "tag", value_name = "LABEL")]
    tags: Vec<String>,
    /// When, if not now: 08:30 today in your own zone, or with a date and offset (2026-03-02T08:30:00+01:00)
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

/// Presses the button and says what the clock shows then.
pub(super) fn press(action: &str, about: &About, shell: &Shell) -> Result<(), Failure> {
    let client = shell.client()?;
    let mut body = json!({ "action": action });
    if let Some(project) = &about.project {
        body["project_id"] = json!(crate::client::project_by(&client, project)?.id);
    }
    if let Some(note) = &about.note {
        body["note"] = json!(note);
    }
    if !about.tags.is_empty() {
        body["tags"] = json!(about.tags);
    }
    if let Some(at) = &about.at {
        body["at"] = json!(moment(&client, at)?);
    }
    let reply = client.change("POST", "/clock", &body, None)?;
    let Clocked { entry, status } = reply.read()?;
    let project = project_name(&client, &entry)?;
    shell.answer(&reply.value, || format!("{}{}", pressed(&entry, project.as_deref()), hours(&status)))
}

/// RFC 3339 for what somebody typed: a time of day means today where their clock stands.
fn moment(client: &Client, typed: &str) -> Result<String, Failure> {
    let Ok(time) = typed.parse::<Time>() else {
        return Instant::parse_rfc_3339(typed).map(|_| typed.to_owned()).map_err(|_| {
            Failure::usage(format!("--at: `{typed}` is no time; write 08:30, or 2026-03-02T08:30:00+01:00"))
        });
    };
    let me: Me = client.get("/me")?.read()?;
    let reply = client.get("/status")?;
    let now = reply.value.get("server_time").and_then(Value::as_str).unwrap_or_default();
    let zone = Zone::named(&me.member.time_zone).map_err(Failure::refused)?;
    let now = Instant::parse_rfc_3339(now)
        .map_err(|error| Failure::refused(format!("the server's time: {error}")))?;
    let local = DateTime::from_parts(zone.date_at(now), time);
    let at = LocalTime::resolve(local, &zone).map_err(|error| Failure::usage(format!("--at: {error}")))?;
    let at =
        at.unique().map_err(|error| Failure::usage(format!("--at: {typed} on {}: {error}", local.date())))?;
    Ok(at.rfc_3339(&zone))
}

/// The name of what the entry is on.
pub(super) fn project_name(client: &Client, entry: &Entry) -> Result<Option<String>, Failure> {
    let Some(id) = &entry.project_id else { return Ok(None) };
    let Projects { projects } = client.get("/projects")?.read()?;
    Ok(projects.into_iter().find(|project| project.id == *id).map(|project| project.name))
}

fn pressed(entry: &Entry, project: Option<&str>) -> String {
    match (&entry.end, entry.seconds) {
        (Some(end), Some(seconds)) => format!(
            "Clocked out at {} after {}{}.\n",
            time_of_day(end),
            hours_and_minutes(seconds),
            about(entry, project)
        ),
        _ => format!("Clocked in at {}{}.\n", time_of_day(&entry.start), about(entry, project)),
    }
}

/// What the clock shows, in words.
pub(super) fn state(status: &Status, project: Option<&str>) -> String {
    let Some(entry) = &status.entry else { return format!("Clocked out.\n{}", hours(status)) };
    let start = if entry.start.starts_with(status.today.as_str()) && entry.work_date == status.today {
        time_of_day(&entry.start)
    } else {
        date_and_time(&entry.start)
    };
    let elapsed = hours_and_minutes(status.elapsed_seconds);
    format!("Clocked in since {start} ({elapsed}){}.\n{}", about(entry, project), hours(status))
}

fn about(entry: &Entry, project: Option<&str>) -> String {
    let mut text = project.map(|project| format!(" on {project}")).unwrap_or_default();
    if !entry.note.is_empty() {
        text.push_str(&format!(": {}", entry.note));
    }
    if !entry.tags.is_empty() {
        text.push_str(&format!(" [{}]", entry.tags.join(", ")));
    }
    text
}

fn hours(status: &Status) -> String {
    let (today, week) = (hours_and_minutes(status.today_seconds), hours_and_minutes(status.week_seconds));
    format!("Today {today}, this week {week}.\n")
}
