//! The system's clock jumps back and forth under the running server (`libfaketime`, where it is installed): time in a stream
//! never runs backwards, no duration is negative, and mirror, replica, commands and restores stay right.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde_json::{Value, json};
use vibesheets_core::durability::{Batch, Durability};
use vibesheets_store_sqlite::DatabaseFile;

use crate::{
    crash::{PEOPLE, report_words, team, verify_at},
    support::{
        command::vibesheets,
        http::{Person, agent, send},
        ledger::Ledger,
        server::Server,
    },
};

/// Where the clock stands, in seconds beside the right time.
const JUMPS: [i64; 12] =
    [0, 40, 20, 7200, 3600, 7230, -1800, 86_400, 86_370, 3 * 86_400, -2 * 86_400, 4 * 86_400];
#[cfg(not(feature = "proof"))]
const ROUNDS: usize = 1;
#[cfg(feature = "proof")]
const ROUNDS: usize = 24;
/// Restores from each place.
#[cfg(not(feature = "proof"))]
const RESTORES: usize = 4;
#[cfg(feature = "proof")]
const RESTORES: usize = 12;

/// The clock that a program is shown.
struct Clock {
    library: PathBuf,
    file: PathBuf,
}

impl Clock {
    /// `None`, told loudly, where there is no `libfaketime`.
    fn in_folder(folder: &Path) -> Option<Self> {
        let machines = fs::read_dir("/usr/lib").ok().into_iter().flatten().filter_map(Result::ok);
        let mut libraries = machines.map(|machine| machine.path().join("faketime/libfaketimeMT.so.1"));
        let Some(library) = libraries.find(|library| library.exists()) else {
            let _ = writeln!(
                std::io::stderr(),
                "SKIPPED: no clock jumped, since there is no libfaketime here (Debian: apt-get install faketime)"
            );
            return None;
        };
        let clock = Self { library, file: folder.join("clock") };
        clock.jump(0);
        Some(clock)
    }

    /// Sets it this far beside the right time.
    fn jump(&self, seconds: i64) {
        let unfinished = self.file.with_extension("unfinished");
        fs::write(&unfinished, format!("{seconds:+}\n")).expect("written");
        fs::rename(unfinished, &self.file).expect("renamed");
    }

    fn environment(&self) -> Vec<(&'static str, String)> {
        let switch = |name| (name, "1".to_owned());
        vec![
            ("LD_PRELOAD", self.library.display().to_string()),
            ("FAKETIME_TIMESTAMP_FILE", self.file.display().to_string()),
            switch("FAKETIME_NO_CACHE"),
            // As on a real machine: only the time of day jumps.
            switch("FAKETIME_DONT_FAKE_MONOTONIC"),
            switch("DONT_FAKE_MONOTONIC"),
            switch("NO_FAKE_STAT"),
        ]
    }
}

/// What people were told, and what came of it.
#[derive(Debug, Default)]
struct Told {
    acknowledged: usize,
    refused: BTreeMap<String, usize>,
    signed_in_again: usize,
    /// Commits with an earlier time than the one before them.
    backwards: usize,
}

#[test]
fn a_clock_that_jumps_makes_no_time_run_backwards() {
    let mut told = Told::default();
    for round in 0..ROUNDS {
        let folder = tempfile::tempdir().expect("a folder");
        let Some(clock) = Clock::in_folder(folder.path()) else { return };
        jump_about(folder.path(), &clock, round, &mut told);
    }
    let Told { acknowledged, refused, signed_in_again, backwards } = &told;
    assert!(*acknowledged > ROUNDS * PEOPLE * JUMPS.len() / 2, "{told:?}");
    assert!(*backwards > 0, "the clock never jumped back: {told:?}");
    report_words(
        "Jumps of the clock",
        &format!(
            "The clock jumped {} times, by up to six days, under running servers: {acknowledged} punches of {PEOPLE} members \
             acknowledged, {} refused with what to do ({}), {signed_in_again} times somebody signed in again. {backwards} commits \
             have an earlier time than the one before them, none within its stream; no duration is negative; mirror and replica \
             hold everything, and `restore --at` brings back the last commit at that time or before; `verify` found nothing.",
            JUMPS.len() * ROUNDS,
            refused.values().sum::<usize>(),
            refused.keys().map(String::as_str).collect::<Vec<_>>().join(", "),
        ),
    );
}

/// One server, and all the jumps, each time beginning with another.
fn jump_about(home: &Path, clock: &Clock, round: usize, told: &mut Told) {
    fs::create_dir(home.join("mirror")).expect("made");
    let arguments = ["--mirror", "mirror", "--replica", "replica", "--backups", "none"];
    let server = Server::start_with_environment(home, &arguments, &clock.environment());
    let mut people = team(&server.url);
    let mut ledgers: Vec<Ledger> = (0..PEOPLE).map(Ledger::of).collect();
    for (jump, seconds) in JUMPS.iter().cycle().skip(round).take(JUMPS.len()).enumerate() {
        clock.jump(*seconds);
        for (number, (person, ledger)) in people.iter_mut().zip(&mut ledgers).enumerate() {
            // Half of them are away while the clock is far ahead: their next punch has an earlier time than the others' last.
            if number % 2 == 1 && *seconds > 3600 {
                continue;
            }
            // An odd number: whether somebody is clocked in when the clock jumps changes each time.
            for _ in 0..3 {
                punch(&server, number, person, ledger, told);
            }
        }
        if jump % 4 == 3 {
            snapshot(home, clock);
        }
    }
    clock.jump(0);
    for (number, (person, ledger)) in people.iter_mut().zip(&mut ledgers).enumerate() {
        *person = Person::signed_in(&server.url, &address(number));
        ledger.settle(person);
        no_duration_is_negative(person);
    }
    let health = send(&agent(), "GET", &format!("{}/health", server.url), &[], None).expect("an answer");
    assert_eq!(health.json()["checks"]["mirror"], "ok", "{health:?}");
    server.stop();
    verify_at(home, "sqlite:./vibesheets.db", &ledgers);
    let batches = batches(&home.join("vibesheets.db"));
    told.backwards += no_stream_runs_backwards(&batches);
    for place in ["mirror", "replica"] {
        restores_each_time(home, place, &batches);
    }
    told.acknowledged += ledgers.iter().map(Ledger::acknowledged).sum::<usize>();
}

fn address(number: usize) -> String {
    if number == 0 { "owner@example.com".to_owned() } else { format!("member{number}@example.com") }
}

/// One punch: taken, or refused with what to do; a token from another time has its owner sign in again.
fn punch(server: &Server, number: usize, person: &mut Person, ledger: &mut Ledger, told: &mut Told) {
    let punch = ledger.next();
    let mut answer = person.command("/clock", &punch.id, &punch.body).expect("an answer");
    if answer.status == 401 {
        told.signed_in_again += 1;
        *person = Person::signed_in(&server.url, &address(number));
        answer = person.command("/clock", &punch.id, &punch.body).expect("an answer");
    }
    if answer.status == 200 {
        return ledger.acknowledge(punch, answer);
    }
    assert_eq!(answer.status, 409, "{answer:?}");
    let code = answer.json()["code"].as_str().expect("a code").to_owned();
    *told.refused.entry(code).or_default() += 1;
    ledger.refuse();
}

fn snapshot(home: &Path, clock: &Clock) {
    let arguments = ["backup", "--store", "sqlite:./vibesheets.db", "--place", "replica"];
    let output = vibesheets(home, &arguments).envs(clock.environment()).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn no_duration_is_negative(person: &Person) {
    let status = person.send("GET", "/status", None, None).expect("an answer").json();
    for seconds in ["elapsed_seconds", "today_seconds", "week_seconds"] {
        assert!(status[seconds].as_i64().is_some_and(|seconds| seconds >= 0), "{status}");
    }
    let today: jiff::civil::Date =
        status["today"].as_str().and_then(|today| today.parse().ok()).expect("a date");
    let (first, last) = (today - jiff::Span::new().days(10), today + jiff::Span::new().days(10));
    let path = format!("/timesheets?start_date={first}&end_date={last}&limit=1000");
    let shown = person.send("GET", &path, None, None).expect("an answer").json();
    let entries = shown["entries"].as_array().expect("entries");
    for entry in entries {
        assert!(
            entry["seconds"].is_null() || entry["seconds"].as_i64().is_some_and(|seconds| seconds >= 0),
            "{entry}"
        );
    }
}

fn batches(path: &Path) -> Vec<Batch> {
    let file = DatabaseFile::open(path).expect("a database");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(file.read_batches(0, usize::MAX)).expect("read")
}

/// How many commits have an earlier time than the one before; none within a stream.
fn no_stream_runs_backwards(batches: &[Batch]) -> usize {
    let mut last = HashMap::new();
    for kept in batches.iter().flat_map(|batch| &batch.records) {
        let before = last.insert(kept.record.stream, kept.record.time);
        assert!(before.is_none_or(|before| before <= kept.record.time), "{kept:?}");
    }
    batches.windows(2).filter(|pair| pair[1].time() < pair[0].time()).count()
}

/// The last commit that was made at a time or before is what comes back for it; after the last one's time nothing is known.
fn restores_each_time(home: &Path, place: &str, batches: &[Batch]) {
    let ends_at = batches.last().expect("commits").time();
    let mut times: Vec<Timestamp> = batches.iter().map(Batch::time).collect();
    times.sort_unstable();
    times.dedup();
    for time in times.iter().step_by(times.len().div_ceil(RESTORES)) {
        let arguments =
            ["restore", "--json", "--from", place, "--at", &time.to_string(), "--to", "sqlite:./restored.db"];
        let output = vibesheets(home, &arguments).output().expect("it runs");
        if *time > ends_at {
            assert_eq!(output.status.code(), Some(1), "{place} at {time}");
            continue;
        }
        assert!(output.status.success(), "{place} at {time}: {}", String::from_utf8_lossy(&output.stderr));
        let restored: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let expected = batches.iter().rfind(|batch| batch.time() <= *time).expect("one is of that time");
        assert_eq!(restored["commit"], json!(expected.commit), "{place} at {time}");
        fs::remove_file(home.join("restored.db")).expect("restored");
    }
}
