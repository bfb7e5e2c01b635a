//! I6 against power cuts with a mirror: the disks of both are cut together, or one of them alone. Whatever was acknowledged is
//! in the database after the next start, and in what the mirror alone restores before it.

use std::{
    ops::Range,
    path::Path,
    process::{Child, Stdio},
};

use super::{
    PEOPLE, ROUNDS_ON_A_STORE,
    disks::{Disks, Mirroring},
    evidence::report_words,
    punch_a_few, punch_until,
    puncher::punch_until_failed,
    replica_loss::commands,
    team, verify_at,
};
use crate::support::{
    command::{run, vibesheets},
    http::{agent, send},
    ledger::Ledger,
    server::Server,
};

#[cfg(not(feature = "proof"))]
const CUTS: usize = 6;
#[cfg(feature = "proof")]
const CUTS: usize = 501;
#[cfg(not(feature = "proof"))]
const OPTIONAL_CUTS: usize = 2;
#[cfg(feature = "proof")]
const OPTIONAL_CUTS: usize = 100;
/// Acknowledged punches before a cut, and more in each round, so that cuts fall everywhere.
const PUNCHES_BEFORE_CUT: usize = 31;

/// Which disks lose their power; the server is killed with them.
const WAYS: [(bool, bool); 3] = [(true, true), (true, false), (false, true)];

#[test]
fn whatever_was_acknowledged_survives_power_cuts_in_the_database_and_in_its_mirror() {
    let mut figures = Figures::default();
    for first in (0..CUTS).step_by(ROUNDS_ON_A_STORE) {
        let Some(disks) = Disks::mounted("no power was cut beside a mirror") else { return };
        cut_again_and_again(disks, first..CUTS.min(first + ROUNDS_ON_A_STORE), &mut figures);
    }
    let Figures { acknowledged, in_flight, snapshots } = figures;
    let words = format!(
        "The power was cut {CUTS} times while {PEOPLE} members clocked in and out: a third of the times to the disks of database \
         and mirror together, a third to each of them alone; unsynced writes were lost, torn at sectors and reordered, and \
         snapshots were taken into the mirror meanwhile, {snapshots} of them in time. {acknowledged} punches acknowledged, {in_flight} under way \
         at the cuts. Lost: 0, after the next start and, each time before it, in a restore from the mirror alone. Applied twice: 0."
    );
    report_words("Power cuts with a mirror", &words);
}

#[derive(Default)]
struct Figures {
    acknowledged: usize,
    in_flight: usize,
    snapshots: usize,
}

/// One store and its cuts.
fn cut_again_and_again(mut disks: Disks, cuts: Range<usize>, figures: &mut Figures) {
    let mut server = disks.serve(Mirroring::Needed);
    let mut people = team(&server.url);
    let mut ledgers: Vec<Ledger> = (0..PEOPLE).map(Ledger::of).collect();
    for cut in cuts {
        let snapshot = (cut % 2 == 0).then(|| Snapshot::begin(&disks));
        let enough = PUNCHES_BEFORE_CUT + 7 * (cut % 23);
        let cut_and_kill = || cut_the_power(&mut disks, server, snapshot, cut);
        let (taken, waiting) = punch_until(&people, &mut ledgers, enough, punch_until_failed, cut_and_kill);
        figures.in_flight += waiting;
        figures.snapshots += usize::from(taken);
        holds_what_was_acknowledged(&disks.restored_from_mirror(), &ledgers);
        server = disks.serve(Mirroring::Needed);
        people = people.iter().map(|person| person.at(&server.url)).collect();
        for (person, ledger) in people.iter().zip(&mut ledgers) {
            ledger.settle(person);
        }
    }
    server.stop();
    verify_at(disks.home(), &disks.store(), &ledgers);
    let restored = format!("sqlite:{}", disks.restored_from_mirror().display());
    verify_at(disks.home(), &restored, &ledgers);
    figures.acknowledged += ledgers.iter().map(Ledger::acknowledged).sum::<usize>();
}

/// Freezes first and kills then, so that no acknowledgement comes from beyond the cut; of two disks now one goes first, now the
/// other. Whether the snapshot was taken before.
fn cut_the_power(disks: &mut Disks, server: Server, snapshot: Option<Snapshot>, cut: usize) -> bool {
    let (database, mirror) = WAYS[cut % WAYS.len()];
    let seed = cut as u64;
    let cut_database = |disks: &Disks| database.then(|| disks.database.disk.cut(seed));
    let cut_mirror = |disks: &Disks| mirror.then(|| disks.mirror.disk.cut(seed + 1));
    let (database_left, mirror_left) = if cut.is_multiple_of(2) {
        let database_left = cut_database(disks);
        (database_left, cut_mirror(disks))
    } else {
        let mirror_left = cut_mirror(disks);
        (cut_database(disks), mirror_left)
    };
    server.kill();
    let taken = snapshot.is_some_and(Snapshot::was_taken);
    disks.put_in_place(database_left, mirror_left);
    taken
}

fn holds_what_was_acknowledged(database: &Path, ledgers: &[Ledger]) {
    let held = commands(database);
    for id in ledgers.iter().flat_map(Ledger::acknowledged_ids) {
        assert!(held.contains(&id.parse().expect("an id")), "{} lacks {id}", database.display());
    }
}

/// A snapshot that is taken into the mirror while people clock.
struct Snapshot(Child);

impl Snapshot {
    fn begin(disks: &Disks) -> Self {
        let (store, place) = (disks.store(), disks.mirror.place.display().to_string());
        let mut command = vibesheets(disks.home(), &["backup", "--store", &store, "--place", &place]);
        Self(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs"))
    }

    /// It fails where the cut came first.
    fn was_taken(mut self) -> bool {
        self.0.wait().expect("gone").success()
    }
}

#[test]
fn an_optional_mirror_holds_nobody_up_and_lacks_only_what_came_after_its_disk_failed() {
    let Some(mut disks) = Disks::mounted("no power was cut to an optional mirror") else { return };
    let mut server = disks.serve(Mirroring::Optional);
    let mut people = team(&server.url);
    let mut ledgers: Vec<Ledger> = (0..PEOPLE).map(Ledger::of).collect();
    let (mut alone, mut lacking) = (0, 0);
    for cut in 0..OPTIONAL_CUTS {
        punch_a_few(&people, &mut ledgers);
        let with_mirror: Vec<String> = ledgers.iter().flat_map(Ledger::acknowledged_ids).collect();
        let mirror_left = disks.mirror.disk.cut(cut as u64);
        punch_a_few(&people, &mut ledgers);
        let health =
            send(&agent(), "GET", &format!("{}/health", server.url), &[], None).expect("an answer").json();
        assert_eq!(
            (&health["status"], &health["checks"]["mirror"]),
            (&"degraded".into(), &"degraded".into())
        );
        let database_left = disks.database.disk.cut(cut as u64);
        server.kill();
        disks.put_in_place(Some(database_left), Some(mirror_left));
        // What would be left, had the database's disk been lost too.
        let held = commands(&disks.restored_from_mirror());
        let held = |id: &String| held.contains(&id.parse().expect("an id"));
        assert!(with_mirror.iter().all(held), "it lacks what was acknowledged while it could be written");
        let acknowledged: Vec<String> = ledgers.iter().flat_map(Ledger::acknowledged_ids).collect();
        alone += acknowledged.len() - with_mirror.len();
        lacking += acknowledged.iter().filter(|id| !held(id)).count();
        server = disks.serve(Mirroring::Optional);
        people = people.iter().map(|person| person.at(&server.url)).collect();
        for (person, ledger) in people.iter().zip(&mut ledgers) {
            ledger.settle(person);
        }
        holds_what_was_acknowledged(&disks.restored_from_mirror(), &ledgers);
    }
    server.stop();
    verify_at(disks.home(), &disks.store(), &ledgers);
    let acknowledged: usize = ledgers.iter().map(Ledger::acknowledged).sum();
    let words = format!(
        "The mirror's disk failed {OPTIONAL_CUTS} times and {PEOPLE} members clocked on; then the power was cut. {acknowledged} \
         punches acknowledged, {alone} of them without the mirror. Lost: 0; the next start brought the mirror up to date. Had \
         the database's disk been lost at the cuts, the mirror would have lacked {lacking}, each acknowledged after its failure."
    );
    report_words("Power cuts with an optional mirror", &words);
}

#[test]
fn snapshots_in_a_mirror_let_older_ones_go_while_the_server_writes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    std::fs::create_dir(home.join("mirror")).expect("made");
    let server = Server::start_with(home, &["--mirror", "mirror", "--backups", "none"]);
    let people = team(&server.url);
    let mut ledgers: Vec<Ledger> = (0..PEOPLE).map(Ledger::of).collect();
    for _ in 0..3 {
        punch_a_few(&people, &mut ledgers);
        for action in [&["backup", "--store", "sqlite:./vibesheets.db"][..], &["backup", "prune"]] {
            let told = run(home, &[action, &["--place", "mirror"]].concat());
            assert!(told.ends_with("exit code 0\n"), "{told}");
        }
    }
    server.stop();
    let told = run(home, &["backup", "verify", "--place", "mirror"]);
    assert!(told.contains("3 snapshots") && told.ends_with("exit code 0\n"), "{told}");
    let server = Server::start_with(home, &["--mirror", "mirror", "--backups", "none"]);
    for (person, ledger) in people.iter().zip(&mut ledgers) {
        ledger.settle(&person.at(&server.url));
    }
    server.stop();
}
