//! A replica and backups in S3: what is shipped comes back, nothing is overwritten, and people clock on while S3 is away.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    crash::{PEOPLE, punch_a_few, report_words, team, verify_at},
    support::{
        bucket::Bucket,
        command::vibesheets,
        http::{Person, agent, send},
        ledger::Ledger,
        server::Server,
    },
};

#[cfg(not(feature = "proof"))]
const TRIALS: usize = 1;
#[cfg(feature = "proof")]
const TRIALS: usize = 20;
const STORE: &str = "sqlite:./vibesheets.db";

fn start(home: &Path, bucket: &Bucket, replica: &str) -> Server {
    let arguments = ["--replica", &bucket.place(replica), "--backups", "none"];
    Server::start_with_environment(home, &arguments, &bucket.environment())
}

fn told(home: &Path, bucket: &Bucket, arguments: &[&str]) -> Value {
    let output =
        vibesheets(home, arguments).arg("--json").envs(bucket.environment()).output().expect("it runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn health(server: &Server) -> Value {
    send(&agent(), "GET", &format!("{}/health", server.url), &[], None).expect("an answer").json()
}

/// How long it takes until the server's health is so.
#[expect(clippy::disallowed_methods, reason = "what is measured is the time")]
fn until(server: &Server, what: &str, is_so: impl Fn(&Value) -> bool) -> Duration {
    let began = Instant::now();
    loop {
        let health = health(server);
        if is_so(&health) {
            return began.elapsed();
        }
        assert!(began.elapsed() < Duration::from_secs(40), "{what} never came: {health}");
    }
}

fn lag(health: &Value) -> u64 {
    health["checks"]["replica_lag_milliseconds"].as_u64().expect("a number")
}

#[test]
fn what_is_in_a_bucket_comes_back_from_it() {
    let Some(bucket) = Bucket::start("nothing was kept in S3") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let server = start(home, &bucket, "replica");
    let people = team(&server.url);
    let mut ledgers: Vec<Ledger> = (0..PEOPLE).map(Ledger::of).collect();
    punch_a_few(&people, &mut ledgers);
    let (replica, backups) = (bucket.place("replica"), bucket.place("backups"));
    let first = told(home, &bucket, &["backup", "--store", STORE, "--place", &backups]);
    punch_a_few(&people, &mut ledgers);
    told(home, &bucket, &["backup", "--store", STORE, "--place", &backups]);
    told(home, &bucket, &["backup", "--store", STORE, "--place", &replica]);
    server.stop();
    let listed = told(home, &bucket, &["backup", "list", "--place", &backups]);
    assert_eq!(listed.as_array().map(Vec::len), Some(2), "{listed}");
    for (number, place) in [&replica, &backups].into_iter().enumerate() {
        assert_eq!(told(home, &bucket, &["backup", "verify", "--place", place])["findings"], json!([]));
        let drilled = told(home, &bucket, &["drill", "--store", STORE, "--from", place]);
        assert_eq!(drilled["commits_lost"], json!(0), "{drilled}");
        let to = format!("sqlite:./restored-{number}.db");
        told(home, &bucket, &["restore", "--from", place, "--to", &to]);
        verify_at(home, &to, &ledgers);
    }
    let (commit, to) = (first["commit"].to_string(), "sqlite:./earlier.db");
    let earlier = told(home, &bucket, &["restore", "--from", &backups, "--commit", &commit, "--to", to]);
    assert_eq!(earlier["commit"], first["commit"]);
}

/// A copy of the database goes its own way beside the original: the segment that was there first stays.
#[test]
fn a_segment_in_a_bucket_is_never_overwritten() {
    let Some(bucket) = Bucket::start("no segment in S3 was protected") else { return };
    let (folder, copy) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let (home, other) = (folder.path(), copy.path());
    let server = start(home, &bucket, "replica");
    let owner = Person::owner(&server.url);
    server.stop();
    for file in ["vibesheets.db", "session.key"] {
        fs::copy(home.join(file), other.join(file)).expect("copied");
    }
    let (server, copied) = (start(home, &bucket, "replica"), start(other, &bucket, "replica"));
    let clocked = owner.at(&server.url).post("/clock", &json!({"action": "in", "note": "first"}));
    assert_eq!(clocked.status, 200, "{clocked:?}");
    until(&server, "shipping", |health| lag(health) == 0);
    server.stop();
    let clocked = owner.at(&copied.url).post("/clock", &json!({"action": "in", "note": "second"}));
    assert_eq!(clocked.status, 200, "people are not held up: {clocked:?}");
    until(&copied, "what says that shipping ended", |health| health["status"] == "degraded");
    copied.stop();
    let log = fs::read_to_string(other.join("server.log")).expect("a log");
    assert!(log.contains("goes on differently than this store"), "{log}");
    told(home, &bucket, &["restore", "--from", &bucket.place("replica"), "--to", "sqlite:./restored.db"]);
    let restored = Server::start_with(home, &["--store", "sqlite:./restored.db", "--backups", "none"]);
    let status = Person::signed_in(&restored.url, "owner@example.com").send("GET", "/status", None, None);
    assert_eq!(status.expect("an answer").json()["entry"]["note"], "first");
    restored.stop();
}

#[test]
fn people_clock_on_while_a_bucket_is_away_and_it_catches_up() {
    let Some(bucket) = Bucket::start("S3 was not away") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let mut server = start(home, &bucket, "replica");
    let mut people = team(&server.url);
    let mut ledgers: Vec<Ledger> = (0..PEOPLE).map(Ledger::of).collect();
    let (mut caught_up, mut ended) = (Duration::ZERO, Duration::ZERO);
    for trial in 0..TRIALS {
        punch_a_few(&people, &mut ledgers);
        bucket.goes_away();
        punch_a_few(&people, &mut ledgers);
        until(&server, "a lag that worries", |health| health["status"] == "degraded" && lag(health) > 2000);
        punch_a_few(&people, &mut ledgers);
        if trial % 2 == 1 {
            // Ends without it, and the next start ships what is missing.
            ended = ended.max(stopped_in(server));
            bucket.comes_back();
            server = start(home, &bucket, "replica");
            people = people.iter().map(|person| person.at(&server.url)).collect();
        } else {
            bucket.comes_back();
        }
        let well = |health: &Value| health["status"] == "ok" && lag(health) == 0;
        caught_up = caught_up.max(until(&server, "a replica that caught up", well));
    }
    for (person, ledger) in people.iter().zip(&mut ledgers) {
        ledger.settle(person);
    }
    bucket.hangs();
    punch_a_few(&people, &mut ledgers);
    ended = ended.max(stopped_in(server));
    bucket.comes_back();
    start(home, &bucket, "replica").stop();
    assert!(ended < Duration::from_secs(20), "ended after {ended:?}");
    let replica = bucket.place("replica");
    assert_eq!(told(home, &bucket, &["backup", "verify", "--place", &replica])["findings"], json!([]));
    told(home, &bucket, &["restore", "--from", &replica, "--to", "sqlite:./restored.db"]);
    verify_at(home, "sqlite:./restored.db", &ledgers);
    let acknowledged: usize = ledgers.iter().map(Ledger::acknowledged).sum();
    report_words(
        "Shipping to S3 that is away",
        &format!(
            "A local S3 (moto) was away {} times while {PEOPLE} members clocked: {acknowledged} punches acknowledged, each in the \
             end in what the replica restores. `/health` said `degraded` each time; once it was back, the replica had caught up \
             within {:.1} s; a server that was told to end without it ended within {:.1} s.",
            TRIALS + 1,
            caught_up.as_secs_f64(),
            ended.as_secs_f64()
        ),
    );
}

#[expect(clippy::disallowed_methods, reason = "what is measured is the time")]
fn stopped_in(server: Server) -> Duration {
    let began = Instant::now();
    server.stop();
    began.elapsed()
}
