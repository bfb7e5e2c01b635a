//! I6 against `kill -9`: whatever was acknowledged is there after a restart, and the journal is whole.
//!
//! Eight members clock in and out over HTTP as fast as they can; the server is killed in the middle; it starts again;
//! every acknowledged punch is there, a repeated one gets its first answer byte for byte, and one that got no answer
//! takes effect exactly once when it is sent again. In the end `vibesheets verify` proves the store. With the feature
//! `proof` it goes on for hundreds of rounds and writes its figures to docs/EVIDENCE.md.

mod disk_loss;
mod disks;
mod evidence;
mod failing_disk;
mod migration;
mod mirror_cut;
mod power_cut;
mod puncher;
mod replica_loss;

use std::{fs, ops::Range, sync::mpsc, thread};

use crate::support::{command::vibesheets, http::Person, ledger::Ledger, server::Server};
pub(crate) use evidence::report_words;
use puncher::{Puncher, punch_five_times, punch_until_gone};

pub(crate) const PEOPLE: usize = 8;
#[cfg(not(feature = "proof"))]
const ROUNDS: usize = 5;
#[cfg(feature = "proof")]
const ROUNDS: usize = 1000;
/// Acknowledged punches before the kill; a prime number and more in each round, so that kills fall everywhere.
const PUNCHES_BEFORE_KILL: usize = 211;

/// Rounds on one store: after each, all that was ever acknowledged on it is held against what is shown.
const ROUNDS_ON_A_STORE: usize = 50;

#[test]
fn whatever_was_acknowledged_survives_kill_9() {
    let mut figures = evidence::Figures { rounds: ROUNDS, people: PEOPLE, acknowledged: 0, in_flight: 0 };
    for first in (0..ROUNDS).step_by(ROUNDS_ON_A_STORE) {
        let rounds = first..ROUNDS.min(first + ROUNDS_ON_A_STORE);
        let (acknowledged, in_flight) = kill_again_and_again(rounds);
        figures.acknowledged += acknowledged;
        figures.in_flight += in_flight;
    }
    evidence::report(&figures);
}

/// One store and its rounds: how many punches were acknowledged, and how many waited for an answer at the kills.
fn kill_again_and_again(rounds: Range<usize>) -> (usize, usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::start(folder.path());
    let mut people = team(&server.url);
    let mut ledgers: Vec<Ledger> = (0..PEOPLE).map(Ledger::of).collect();
    let mut in_flight = 0;
    for round in rounds {
        in_flight += punch_and_kill(server, &people, &mut ledgers, PUNCHES_BEFORE_KILL + 13 * (round % 17));
        server = Server::start(folder.path());
        people = people.iter().map(|person| person.at(&server.url)).collect();
        for (person, ledger) in people.iter().zip(&mut ledgers) {
            ledger.settle(person);
        }
    }
    server.stop();
    verify(folder.path(), &ledgers);
    (ledgers.iter().map(Ledger::acknowledged).sum(), in_flight)
}

/// An owner and whom they invited.
pub(crate) fn team(url: &str) -> Vec<Person> {
    let owner = Person::owner(url);
    let join = |number| owner.invited(&format!("member{number}"));
    let others: Vec<Person> = (1..PEOPLE).map(join).collect();
    let mut people = vec![owner];
    people.extend(others);
    people
}

/// Lets everyone punch until there are `enough` answers, then kills the server; how many waited for an answer then.
fn punch_and_kill(server: Server, people: &[Person], ledgers: &mut [Ledger], enough: usize) -> usize {
    punch_until(people, ledgers, enough, punch_until_gone, || server.kill()).1
}

/// Lets everyone punch until there are `enough` answers, then makes an end of it; what that gave, and how many waited for an
/// answer then.
fn punch_until<T>(
    people: &[Person],
    ledgers: &mut [Ledger],
    enough: usize,
    puncher: Puncher,
    end: impl FnOnce() -> T,
) -> (T, usize) {
    let (acknowledged, answers) = mpsc::channel();
    thread::scope(|scope| {
        let punchers: Vec<_> = people
            .iter()
            .zip(ledgers.iter_mut())
            .map(|(person, ledger)| {
                let acknowledged = acknowledged.clone();
                scope.spawn(move || puncher(person, ledger, &acknowledged))
            })
            .collect();
        drop(acknowledged);
        assert_eq!(answers.iter().take(enough).count(), enough, "everyone stopped before the end");
        let ended = end();
        (ended, punchers.into_iter().map(|puncher| usize::from(puncher.join().expect("no panic"))).sum())
    })
}

/// Everyone punches five times, and each punch is taken.
pub(crate) fn punch_a_few(people: &[Person], ledgers: &mut [Ledger]) {
    let ((), unanswered) = punch_until(people, ledgers, 5 * PEOPLE, punch_five_times, || ());
    assert_eq!(unanswered, 0, "nobody is held up");
}

/// The store is proven, and holds as many entries as the ledgers.
fn verify(folder: &std::path::Path, ledgers: &[Ledger]) {
    verify_at(folder, "sqlite:./vibesheets.db", ledgers);
}

pub(crate) fn verify_at(folder: &std::path::Path, store: &str, ledgers: &[Ledger]) {
    let output = vibesheets(folder, &["verify", "--json", "--store", store]).output();
    let output = output.expect("it runs");
    let log = fs::read_to_string(folder.join("server.log")).unwrap_or_default();
    assert_eq!(output.status.code(), Some(0), "{}\n{log}", String::from_utf8_lossy(&output.stdout));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let entries: usize = ledgers.iter().map(Ledger::entries).sum();
    assert_eq!(found["entries"].as_u64(), Some(entries as u64), "as many entries as were acknowledged");
}
