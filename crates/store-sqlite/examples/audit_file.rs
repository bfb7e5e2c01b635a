//! How fast a store is exported, proven and imported, and what memory that takes:
//! `cargo run --release -p vibesheets-store-sqlite --example audit_file -- RECORDS`.

#![allow(
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    reason = "a stopwatch measures time and divides it"
)]

use std::{fs, time::Instant};

use futures_util::{StreamExt, stream};
use vibesheets_core::{
    Entry, Note,
    audit_file::{AuditFile, ReadAt, export},
    moving::{RecordSource, move_store},
    store::{Scope, Store},
};
use vibesheets_store_contract::support::Lab;
use vibesheets_store_sqlite::{Location, Options, Snapshot, SqliteStore};

const MEMBERS: usize = 200;

struct OnDisk(fs::File);

impl ReadAt for OnDisk {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> std::io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(&self.0, buffer, offset)
    }
}

#[tokio::main]
async fn main() {
    let records: usize = std::env::args().nth(1).map_or(100_000, |number| number.parse().expect("a number"));
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    seed(&open(&at("source.db")), records / MEMBERS).await;

    let output = std::io::BufWriter::new(fs::File::create(at("store.audit")).expect("a file"));
    let source = Snapshot::open(&at("source.db")).expect("a state");
    let begin = Instant::now();
    let exported = export(&source, output, None, &|_, _| ()).await.expect("exported");
    tell("exported", exported.records, begin);
    println!("{} bytes in all", exported.bytes);

    let begin = Instant::now();
    let file = OnDisk(fs::File::open(at("store.audit")).expect("there"));
    let file = AuditFile::open(file, &|_| ()).expect("a whole file");
    tell("proven", exported.records, begin);

    let begin = Instant::now();
    let target = open(&at("target.db"));
    let moved = import(&file, &target).await;
    tell("imported and proven", moved, begin);
}

fn open(path: &std::path::Path) -> SqliteStore {
    SqliteStore::open(&Location::File(path.to_owned()), &Options::default()).expect("a store")
}

async fn import(source: &(impl RecordSource + ?Sized), target: &dyn Store) -> u64 {
    move_store(source, target, jiff::Timestamp::MAX, &|_| ()).await.expect("imported").moved
}

async fn seed(store: &SqliteStore, each: usize) {
    let lab = Lab::default();
    let team = lab.found(store, MEMBERS).await;
    let scope: Scope = team.scope();
    let (lab, team, scope) = (&lab, &team, &scope);
    stream::iter(0..MEMBERS)
        .for_each_concurrent(64, |member| async move {
            let mut entry: Entry =
                lab.entry(team.member(member), "2026-03-02T08:00:00Z", Some("2026-03-02T08:07:00Z"));
            entry.note = Note::new("Measuring what a note of some length costs on the way").expect("a note");
            for number in 0..each {
                let mut entry = entry.clone();
                let seconds = 600 * i64::try_from(number).expect("small");
                entry.start = entry.start.saturating_add_seconds(seconds);
                entry.end = entry.end.map(|end| end.saturating_add_seconds(seconds));
                entry.id = vibesheets_core::EntryId::starting_at(entry.start, &lab.random);
                lab.add(store, scope, &[entry]).await;
            }
        })
        .await;
}

fn tell(what: &str, records: u64, begin: Instant) {
    let seconds = begin.elapsed().as_secs_f64();
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default().to_owned();
    println!("{records} records {what} in {seconds:.1} s, {:.0}/s; {peak}", records as f64 / seconds);
}
