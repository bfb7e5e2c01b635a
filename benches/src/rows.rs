//! The rows: what is measured, how, and against what.

use std::{path::Path, time::Duration};

use jiff::{Timestamp, ToSpan};
use vibesheets_api::auth::Tokens;
use vibesheets_core::{
    Session,
    time::{Date, Instant, Zone},
};

use crate::{
    baseline,
    http::{Connection, load, request},
    report::Row,
    server::{Server, binary},
    stopwatch::Stopwatch,
};

const CLIENTS: usize = 50;
const LOAD: Duration = Duration::from_secs(10);
/// What is short is measured in rounds, of which the one in the middle counts: other work on the machine comes and goes.
const ROUNDS: usize = 5;
/// How long one takes.
const ROUND: Duration = LOAD.checked_div(ROUNDS as u32).expect("there are rounds");

/// Everyone's tokens.
pub struct Signed {
    tokens: Vec<String>,
}

impl Signed {
    /// One token for each person.
    pub fn new(tokens: &Tokens, sessions: &[Session]) -> Self {
        Self { tokens: sessions.iter().map(|session| tokens.issue(session)).collect() }
    }

    /// The owner's.
    fn owner(&self) -> Option<&str> {
        self.tokens.first().map(String::as_str)
    }

    /// For each client a way through its own share of a round's members: each clocks in, then each clocks out. Nobody is in
    /// two rounds, with a mirror or without, since one that ends leaves some clocked in.
    fn clock_plans(&self, round: usize) -> Vec<Vec<Vec<u8>>> {
        let press = |token: &String, action: &str| {
            request("POST", "/api/clock", Some(token), Some(&format!("{{\"action\":\"{action}\"}}")))
        };
        let share = self.tokens.len() / (2 * ROUNDS) / CLIENTS;
        self.tokens
            .chunks(share)
            .skip(round * CLIENTS)
            .take(CLIENTS)
            .map(|share| {
                ["in", "out"]
                    .iter()
                    .flat_map(|action| share.iter().map(|token| press(token, action)))
                    .collect()
            })
            .collect()
    }

    fn status_plans(&self) -> Vec<Vec<Vec<u8>>> {
        let share = self.tokens.len() / CLIENTS;
        let ask = |token: &String| request("GET", "/api/status", Some(token), None);
        self.tokens.chunks(share).take(CLIENTS).map(|share| share.iter().map(ask).collect()).collect()
    }
}

/// Durable clock events, beside the bare inserts of one thread and a bare axum answer.
pub async fn clock(server: &Server, signed: &Signed, folder: &Path) -> std::io::Result<(Row, f64)> {
    let hello = baseline::hello(CLIENTS, LOAD / 2).await?;
    let folder = folder.to_owned();
    let inserts = tokio::task::spawn_blocking(move || baseline::inserts_per_second(&folder, LOAD / 2))
        .await?
        .map_err(std::io::Error::other)?;
    let Clocked { rate, p50, p99, worst } = clock_rounds(server, signed, 0).await?;
    let row = Row {
        what: format!("durable clock-in/out through HTTP with a verified token, {CLIENTS} clients"),
        budget: "≥ 5,000/s; p99 ≤ 10 ms",
        measured: format!(
            "{rate:.0}/s; p50 {p50:.1} ms, p99 {p99:.1} ms ({worst:.1} ms in the worst of {ROUNDS} rounds)"
        ),
        baseline: format!(
            "bare SQLite insert, one commit each: {inserts:.0}/s; bare axum: {:.0}/s",
            hello.per_second()
        ),
        met: rate >= 5000.0 && p99 <= 10.0,
    };
    Ok((row, rate))
}

/// The same with a mirror, beside the rate without one.
pub async fn mirrored(server: &Server, signed: &Signed, without: f64) -> std::io::Result<Row> {
    let Clocked { rate, p50, p99, worst } = clock_rounds(server, signed, ROUNDS).await?;
    Ok(Row {
        what: "the same with a mirror".to_owned(),
        budget: "≥ half of the rate without",
        measured: format!(
            "{rate:.0}/s = {:.0} %; p50 {p50:.1} ms, p99 {p99:.1} ms ({worst:.1} ms in the worst of {ROUNDS} rounds)",
            100.0 * rate / without
        ),
        baseline: format!("without a mirror: {without:.0}/s"),
        met: rate >= without / 2.0,
    })
}

struct Clocked {
    rate: f64,
    p50: f64,
    p99: f64,
    worst: f64,
}

/// The round in the middle by its p99, of those from `first` on.
async fn clock_rounds(server: &Server, signed: &Signed, first: usize) -> std::io::Result<Clocked> {
    let mut rounds = Vec::new();
    for round in first..first + ROUNDS {
        let clock = load(server.address, signed.clock_plans(round), ROUND).await?;
        rounds.push((clock.percentile_milliseconds(0.99), clock));
    }
    rounds.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (worst, (p99, clock)) = (rounds[rounds.len() - 1].0, &rounds[rounds.len() / 2]);
    Ok(Clocked { rate: clock.per_second(), p50: clock.percentile_milliseconds(0.5), p99: *p99, worst })
}

/// The clock's face, beside a bare axum answer. The two take turns.
pub async fn status(server: &Server, signed: &Signed) -> std::io::Result<Row> {
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let hello = baseline::hello(CLIENTS, ROUND).await?.per_second();
        let status = load(server.address, signed.status_plans(), ROUND).await?.per_second();
        rounds.push((100.0 * status / hello, status, hello));
    }
    rounds.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (share, status, hello) = rounds[rounds.len() / 2];
    let (least, most) = (rounds[0].0, rounds[rounds.len() - 1].0);
    Ok(Row {
        what: "`GET /status`".to_owned(),
        budget: "≥ 40 % of a bare axum answer",
        measured: format!("{status:.0}/s = {share:.0} % ({least:.0} to {most:.0} % in {ROUNDS} rounds)"),
        baseline: format!("bare axum: {hello:.0}/s"),
        met: share >= 40.0,
    })
}

/// One month of everybody, grouped by member and project.
pub async fn month(server: &Server, signed: &Signed, now: Timestamp) -> std::io::Result<Row> {
    let last = today(now).saturating_sub(60.days());
    let first = last.saturating_sub(29.days());
    let path =
        format!("/api/reports?start_date={first}&end_date={last}&group_by=member,project&member_id=all");
    let ask = request("GET", &path, signed.owner(), None);
    let month = load(server.address, vec![vec![ask]], LOAD).await?;
    let p95 = month.percentile_milliseconds(0.95);
    Ok(Row {
        what: "one month out of 1.5 M entries, grouped by member and project".to_owned(),
        budget: "≤ 50 ms p95",
        measured: format!("p50 {:.1} ms, p95 {p95:.1} ms", month.percentile_milliseconds(0.5)),
        baseline: format!("{} reports, one client", month.answers),
        met: p95 <= 50.0,
    })
}

/// A file of a million entries, and what it does to the server's memory.
pub async fn export(
    server: &Server,
    signed: &Signed,
    now: Timestamp,
    idle_mebibytes: u64,
) -> std::io::Result<Row> {
    let last = today(now);
    let first = last.saturating_sub(487.days());
    let path = format!("/api/export?format=csv&start_date={first}&end_date={last}&member_id=all");
    let mut connection = Connection::open(server.address).await?;
    server.forget_peak()?;
    let watch = Stopwatch::start();
    let answer = connection.exchange(&request("GET", &path, signed.owner(), None)).await?;
    let elapsed = watch.elapsed().as_secs_f64();
    let rows = connection.body(&answer).iter().filter(|byte| **byte == b'\n').count().saturating_sub(1);
    let above_idle = server.memory_mebibytes()?.1.saturating_sub(idle_mebibytes);
    let seconds_a_million = elapsed * 1e6 / rows as f64;
    Ok(Row {
        what: "CSV export of 1 M entries".to_owned(),
        budget: "≤ 5 s; ≤ 64 MiB above idle",
        measured: format!(
            "{rows} entries in {elapsed:.1} s ({seconds_a_million:.1} s a million); {above_idle} MiB above idle"
        ),
        baseline: format!("{:.0} MB written and read", answer.body_bytes as f64 / 1e6),
        met: seconds_a_million <= 5.0 && above_idle <= 64,
    })
}

/// From start to the first healthy answer over all the entries, and the memory held while nothing happens.
pub fn start_up(server: &Server) -> std::io::Result<(Row, u64)> {
    let milliseconds = server.start_up.as_millis();
    let (idle, _) = server.memory_mebibytes()?;
    let row = Row {
        what: "start to first healthy answer over 1.5 M entries; idle memory".to_owned(),
        budget: "≤ 300 ms; ≤ 40 MiB",
        measured: format!("{milliseconds} ms; {idle} MiB"),
        baseline: "none".to_owned(),
        met: milliseconds <= 300 && idle <= 40,
    };
    Ok((row, idle))
}

/// What the mirror holds, in a new database that was proven and answers.
pub async fn restored(folder: &Path) -> std::io::Result<Row> {
    let (mirror, database) = (folder.join("mirror"), folder.join("restored.db"));
    let watch = Stopwatch::start();
    let output = std::process::Command::new(binary())
        .args(["--json", "restore", "--from"])
        .arg(mirror)
        .args(["--to", &format!("sqlite:{}", database.display())])
        .output()?;
    if !output.status.success() {
        return Err(std::io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    drop(Server::start(&binary(), &database).await?);
    let seconds = watch.elapsed().as_secs_f64();
    let told: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let entries = told["entries"].as_f64().unwrap_or_default();
    let a_million = 1e6 * seconds / entries;
    Ok(Row {
        what: "restore from the mirror of a lost disk, proven, to the first healthy answer".to_owned(),
        budget: "≤ 60 s for 1 M entries",
        measured: format!("{entries:.0} entries in {seconds:.0} s = {a_million:.0} s a million"),
        baseline: format!("{} records read and proven", told["records"]),
        met: a_million <= 60.0,
    })
}

fn today(now: Timestamp) -> Date {
    Zone::utc().date_at(Instant::from_timestamp(now).unwrap_or(Instant::LATEST))
}
