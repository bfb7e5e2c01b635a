//! Measures what DESIGN §10 budgets of the store: `cargo run --release -p vibesheets-store-sqlite --example measure
//! [MEMBERS] [FOLDER]`. Makes 1.5 million entries of 1,200 members over two years (or fewer members'), then times durable
//! writes, decisions, month reports and a whole stream. Takes some minutes and 1.5 GB of disk in FOLDER (a temporary one
//! otherwise).

#![allow(clippy::unwrap_used, reason = "a measurement that fails has no figure")]
#![allow(clippy::disallowed_methods, reason = "measuring time is what this is for")]

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::{StreamExt, future::join_all};
use jiff::civil::Date;
use vibesheets_core::{
    Entry,
    journal::DirectoryChange,
    store::{EntryQuery, GroupKey, TimesheetQuery, Timesheets},
    time::{DateRange, Span},
};
use vibesheets_store_contract::support::{Lab, TestOrganisation, instant, new};
use vibesheets_store_sqlite::{Location, Options, SqliteStore};

/// Unless the command line says otherwise.
const MEMBERS: usize = 1200;
const PROJECTS: usize = 60;
/// Projects that one member works on.
const PROJECTS_OF_ONE: usize = 4;
/// 1,200 × 32 × 40 = 1,536,000 entries.
const RECORDS_PER_MEMBER: i64 = 32;
const ENTRIES_PER_RECORD: i64 = 40;
const ENTRIES_PER_DAY: i64 = 2;

#[tokio::main]
async fn main() {
    let members = std::env::args().nth(1).map_or(MEMBERS, |number| number.parse().unwrap());
    let folder = std::env::args().nth(2).map(PathBuf::from);
    let temporary = tempfile::tempdir().unwrap();
    let path = folder.unwrap_or_else(|| temporary.path().to_owned()).join("measure.db");
    let store = Arc::new(SqliteStore::open(&Location::File(path.clone()), &Options::default()).unwrap());
    let lab = Arc::new(Lab::default());
    let team = lab.found(&*store, members).await;
    let projects = add_projects(&lab, &store, &team).await;
    fill(&store, &lab, &team, &projects).await;
    drop(store);

    let begun = Instant::now();
    let store = Arc::new(SqliteStore::open(&Location::File(path.clone()), &Options::default()).unwrap());
    println!("open and check: {:?}; file {} MiB", begun.elapsed(), path.metadata().unwrap().len() >> 20);
    writes(&store, &lab, &team, 1, 2000).await;
    writes(&store, &lab, &team, 16, 16_000).await;
    writes(&store, &lab, &team, 50, 50_000).await;
    decisions(&store, &team).await;
    reports(&store, &team).await;
    whole_stream(&store, &team).await;
}

async fn add_projects(
    lab: &Lab,
    store: &SqliteStore,
    team: &TestOrganisation,
) -> Vec<vibesheets_core::ProjectId> {
    let projects: Vec<_> = (0..PROJECTS)
        .map(|number| vibesheets_core::Project {
            id: vibesheets_core::ProjectId::generate(lab.now(), &lab.random),
            name: vibesheets_core::Name::new(&format!("Project {number}")).unwrap(),
            client_id: None,
            color: vibesheets_core::Color::for_index(number),
            billable: true,
            archived: false,
            version: 1,
        })
        .collect();
    let changes = projects.iter().cloned().map(|project| DirectoryChange::Project(new(project))).collect();
    lab.write_nouns(store, &team.scope(), changes).await.unwrap();
    projects.into_iter().map(|project| project.id).collect()
}

/// In the order of time, all members side by side, as they would have come in.
async fn fill(
    store: &Arc<SqliteStore>,
    lab: &Arc<Lab>,
    team: &TestOrganisation,
    projects: &[vibesheets_core::ProjectId],
) {
    let begun = Instant::now();
    let first = instant("2024-01-01T07:00:00Z");
    for record in 0..RECORDS_PER_MEMBER {
        for members in team.members.chunks(40) {
            let writes = members.iter().enumerate().map(|(index, caller)| {
                let revisions = (0..ENTRIES_PER_RECORD)
                    .map(|number| {
                        let day = (record * ENTRIES_PER_RECORD + number) / ENTRIES_PER_DAY;
                        let morning = day * 86_400 + (number % ENTRIES_PER_DAY) * 5 * 3600;
                        let start = first.saturating_add_seconds(morning);
                        let mut entry = lab.entry(caller.member.id, "2024-01-01T07:00:00Z", None);
                        entry.start = start;
                        entry.end = Some(start.saturating_add_seconds(4 * 3600 - 60 * number));
                        entry.work_date = entry.time_zone.date_at(start);
                        entry.project_id =
                            Some(projects[(index * 7 + number as usize % PROJECTS_OF_ONE) % projects.len()]);
                        new(entry)
                    })
                    .collect();
                let (store, scope) = (Arc::clone(store), team.scope());
                let (lab, member) = (Arc::clone(lab), caller.member.id);
                async move { lab.write_entries(&*store, &scope, member, revisions).await.unwrap() }
            });
            join_all(writes).await;
        }
    }
    let entries = team.members.len() as i64 * RECORDS_PER_MEMBER * ENTRIES_PER_RECORD;
    println!("{entries} entries in {:?}; {:?}", begun.elapsed(), store.activity());
}

/// Each of `clients` writes one entry after the other for a member of its own, as a clock command does, with an answer.
async fn writes(
    store: &Arc<SqliteStore>,
    lab: &Arc<Lab>,
    team: &TestOrganisation,
    clients: usize,
    count: usize,
) {
    let (before, processor) = (store.activity(), processor_time());
    let begun = Instant::now();
    let tasks = (0..clients).map(|client| {
        let (store, lab, scope) = (Arc::clone(store), Arc::clone(lab), team.scope());
        let member = team.members[client + clients].member.id;
        tokio::spawn(async move {
            let mut times = Vec::new();
            for number in 0..count / clients {
                lab.time.set(jiff::Timestamp::now());
                let now = vibesheets_core::time::Instant::from_timestamp(lab.now()).unwrap();
                let mut entry: Entry = lab.entry(member, "2026-01-05T08:00:00Z", None);
                (entry.start, entry.end, entry.work_date) = (now, Some(now), entry.time_zone.date_at(now));
                let begun = Instant::now();
                let query = TimesheetQuery { member, overlapping: None, entries: vec![], days: None };
                let head = store.load_timesheet(&scope, &query).await.unwrap().head;
                let mut write = lab.timesheet_write(&scope, member, head, vec![new(entry)]);
                write.applied = Some(lab.applied(&format!("{:>600}", number)));
                store.write_timesheet(&scope, write).await.unwrap();
                times.push(begun.elapsed());
            }
            times
        })
    });
    let times: Vec<Duration> = join_all(tasks).await.into_iter().flat_map(Result::unwrap).collect();
    let (elapsed, after) = (begun.elapsed(), store.activity());
    let per_second = times.len() as u128 * 1_000_000 / elapsed.as_micros();
    let commits = after.commits - before.commits;
    let processor = (processor_time() - processor) / count as u32;
    println!(
        "{clients} clients: {per_second} durable writes/s, {commits} commits for {} writes, {processor:?} of processor time each; {}",
        times.len(),
        spread(times)
    );
}

async fn decisions(store: &SqliteStore, team: &TestOrganisation) {
    let range = DateRange { first: "2025-05-01".parse().unwrap(), last: "2025-06-15".parse().unwrap() };
    let mut times = Vec::new();
    for caller in team.members.iter().cycle().take(20_000) {
        let query = TimesheetQuery {
            member: caller.member.id,
            overlapping: Some(Span::open(instant("2025-09-20T08:00:00Z"))),
            entries: vec![],
            days: Some(range),
        };
        let begun = Instant::now();
        store.load_timesheet(&team.scope(), &query).await.unwrap();
        times.push(begun.elapsed());
    }
    println!("load_timesheet with 46 days: {}", spread(times));
}

async fn reports(store: &SqliteStore, team: &TestOrganisation) {
    for keys in [
        &[GroupKey::Member, GroupKey::Project][..],
        &[GroupKey::Project],
        &[GroupKey::Date],
        &[GroupKey::Member, GroupKey::Tags],
    ] {
        let mut times = Vec::new();
        let mut rows = 0;
        let processor = processor_time();
        for month in (1..=12).cycle().take(60) {
            let first = Date::constant(2024, month, 1);
            let query = EntryQuery {
                range: DateRange { first, last: first.last_of_month() },
                member: None,
                projects: None,
            };
            let begun = Instant::now();
            rows = store.total(&team.scope(), &query, keys).await.unwrap().len();
            times.push(begun.elapsed());
        }
        let processor = (processor_time() - processor) / times.len() as u32;
        println!("month by {keys:?}: {rows} rows, {processor:?} of processor time; {}", spread(times));
    }
}

async fn whole_stream(store: &SqliteStore, team: &TestOrganisation) {
    let range = DateRange { first: "2024-01-01".parse().unwrap(), last: "2025-12-31".parse().unwrap() };
    let begun = Instant::now();
    let mut stream = store.stream_entries(&team.scope(), &EntryQuery { range, member: None, projects: None });
    let mut entries = 0;
    while let Some(chunk) = stream.next().await {
        entries += chunk.unwrap().len();
    }
    println!("{entries} entries streamed in {:?}; {}", begun.elapsed(), peak_memory());
}

fn spread(mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |per_cent: usize| times[(times.len() - 1) * per_cent / 100];
    format!("p50 {:?}, p95 {:?}, p99 {:?}", at(50), at(95), at(99))
}

/// Processor time of the process so far: unlike the clock's, it is not stretched by what else the machine does. The
/// system counts it in hundredths of a second (proc(5)).
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
    let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    Duration::from_millis(ticks * 10)
}

fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("").to_owned()
}
