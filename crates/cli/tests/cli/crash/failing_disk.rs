//! A disk that is full, or that its file system made read-only after an error, under the running server: what was acknowledged
//! is there, what was refused takes effect once when it is sent again, and the server needs no restart.

use std::time::{Duration, Instant};

use vibesheets_power_cut::Disk;

use super::{
    PEOPLE,
    disks::{Disks, Mirroring},
    evidence::report_words,
    punch_until,
    puncher::punch_until_refused,
    team, verify_at,
};
use crate::support::{
    http::{Answer, Person, agent, send},
    ledger::Ledger,
    server::Server,
};

/// For each of the cases.
#[cfg(not(feature = "proof"))]
const TRIALS: usize = 2;
#[cfg(feature = "proof")]
const TRIALS: usize = 25;
/// Acknowledged punches before the disk fails, and more in each trial.
const PUNCHES_BEFORE: usize = 23;
/// What a disk that fills up has left: enough for some punches.
const ROOM_LEFT: usize = 192 * 1024;
/// The least that a punch takes of it: a page of the database.
const PUNCH: usize = 4096;

/// Which disks fail, and whether there is a mirror.
const CASES: [(&str, Mirroring, bool, bool); 4] = [
    ("the database's, without a mirror", Mirroring::None, true, false),
    ("the database's", Mirroring::Needed, true, false),
    ("the mirror's", Mirroring::Needed, false, true),
    ("both", Mirroring::Needed, true, true),
];

/// How a disk fails.
struct Failing {
    /// From now on it has little room left, or none.
    begins: fn(&Disk),
    /// No file can grow, whatever it was that took the last room.
    worsens: fn(&Disk),
    /// How many punches may be taken after that: what a group that did not fit had written of the log stays, and is room for a
    /// smaller one.
    last_punches: usize,
    ends: fn(&Disk),
}

#[test]
fn a_full_disk_refuses_punches_until_there_is_room_and_takes_none_that_was_acknowledged() {
    let full = Failing {
        begins: |disk| disk.limit(Some(disk.used() + ROOM_LEFT)),
        worsens: |disk| disk.limit(Some(disk.used())),
        last_punches: ROOM_LEFT / PUNCH,
        ends: |disk| disk.limit(None),
    };
    if let Some(figures) = every_case(&full) {
        report_words("A full disk", &figures.words("The disk filled up"));
    }
}

#[test]
fn a_disk_that_turns_read_only_refuses_punches_until_it_is_mended_and_takes_none_that_was_acknowledged() {
    let read_only = Failing {
        begins: |disk| disk.set_read_only(true),
        worsens: |_| (),
        last_punches: 0,
        ends: |disk| disk.set_read_only(false),
    };
    if let Some(figures) = every_case(&read_only) {
        report_words("A disk that turns read-only", &figures.words("The disk turned read-only"));
    }
}

#[derive(Default)]
struct Figures {
    trials: usize,
    acknowledged: usize,
    refused: usize,
}

impl Figures {
    fn words(&self, what: &str) -> String {
        let Self { trials, acknowledged, refused } = self;
        format!(
            "{what} {trials} times while {PEOPLE} members clocked in and out, a quarter each: the database's without a mirror, \
             the database's with one, the mirror's, both. {acknowledged} punches acknowledged, {refused} refused with 503 and \
             sent again. Lost: 0. Applied twice: 0. `/health/ready` said so each time, reading went on, no restart was needed; \
             `verify` found nothing, in the database and in what the mirror restores."
        )
    }
}

fn every_case(failing: &Failing) -> Option<Figures> {
    let mut figures = Figures::default();
    for (name, mirroring, database, mirror) in CASES {
        let disks = Disks::mounted("no disk failed under the server")?;
        let fails: Vec<&Disk> = [(database, &disks.database), (mirror, &disks.mirror)]
            .into_iter()
            .filter_map(|(fails, shown)| fails.then_some(&shown.disk))
            .collect();
        let mut server = disks.serve(mirroring);
        let mut people = team(&server.url);
        let mut ledgers: Vec<Ledger> = (0..PEOPLE).map(Ledger::of).collect();
        for trial in 0..TRIALS {
            fail_and_mend(&server, &people, &mut ledgers, trial, &fails, failing);
            // What a failed commit left on a disk must also be right for whoever starts anew.
            if trial % 4 == 1 {
                server.kill();
                server = disks.serve(mirroring);
                people = people.iter().map(|person| person.at(&server.url)).collect();
            }
            settle(&people, &mut ledgers);
            becomes_ready(&server, true);
        }
        server.stop();
        verify_at(disks.home(), &disks.store(), &ledgers);
        if mirroring == Mirroring::Needed {
            let restored = format!("sqlite:{}", disks.restored_from_mirror().display());
            verify_at(disks.home(), &restored, &ledgers);
        }
        let acknowledged: usize = ledgers.iter().map(Ledger::acknowledged).sum();
        println!("{name}: {acknowledged} punches acknowledged");
        figures.acknowledged += acknowledged;
        figures.trials += TRIALS;
        figures.refused += TRIALS * PEOPLE;
    }
    Some(figures)
}

/// Lets everyone punch until the disk refuses each of them, looks at what can be seen meanwhile, and mends the disk.
fn fail_and_mend(
    server: &Server,
    people: &[Person],
    ledgers: &mut [Ledger],
    trial: usize,
    fails: &[&Disk],
    failing: &Failing,
) {
    let begin = || fails.iter().for_each(|disk| (failing.begins)(disk));
    let enough = PUNCHES_BEFORE + 7 * (trial % 23);
    let ((), refused) = punch_until(people, ledgers, enough, punch_until_refused, begin);
    assert_eq!(refused, PEOPLE);
    fails.iter().for_each(|disk| (failing.worsens)(disk));
    let again =
        people.iter().zip(ledgers.iter_mut()).map(|(person, ledger)| ledger.punch_until_refused(person));
    assert!(again.sum::<usize>() <= failing.last_punches, "punches are taken by a disk that takes nothing");
    becomes_ready(server, false);
    let health = ask(server, "/health");
    assert_eq!((health.status, &health.json()["checks"]["store"]), (503, &"failing".into()), "{health:?}");
    assert_eq!(ask(server, "/health/live").status, 204, "a restart would mend nothing");
    for (person, ledger) in people.iter().zip(ledgers) {
        ledger.is_still_refused(person);
        ledger.is_shown_to(person);
    }
    fails.iter().for_each(|disk| (failing.ends)(disk));
}

fn settle(people: &[Person], ledgers: &mut [Ledger]) {
    for (person, ledger) in people.iter().zip(ledgers) {
        ledger.settle(person);
    }
}

fn ask(server: &Server, path: &str) -> Answer {
    send(&agent(), "GET", &format!("{}{path}", server.url), &[], None).expect("an answer")
}

/// What was found last is remembered for a second.
#[expect(clippy::disallowed_methods, reason = "a limit in time of the test's own")]
fn becomes_ready(server: &Server, is_ready: bool) {
    let (until, expected) = (Instant::now() + Duration::from_secs(5), if is_ready { 204 } else { 503 });
    while ask(server, "/health/ready").status != expected {
        assert!(Instant::now() < until, "readiness is not told as {expected}");
    }
}
