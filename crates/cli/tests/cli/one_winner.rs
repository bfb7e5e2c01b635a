//! I1 and I4 over HTTP: of many clock-ins at once one wins, and a repeated command gives the first answer.

use std::{
    sync::{Arc, Barrier},
    thread,
};

use serde_json::json;

use crate::support::{
    http::{Answer, Person},
    server::Server,
};

const AT_ONCE: usize = 64;

pub(crate) fn command_id(round: u8, number: usize) -> String {
    format!("00000000-0000-4000-8000-0000000{round:02x}{number:03x}")
}

/// What `AT_ONCE` clock-ins of one member at the same moment are answered, by their numbers.
pub(crate) fn race(person: &Person, round: u8) -> Vec<Answer> {
    let barrier = Arc::new(Barrier::new(AT_ONCE));
    let racers: Vec<_> = (0..AT_ONCE)
        .map(|number| {
            let (person, barrier) = (person.clone(), Arc::clone(&barrier));
            thread::spawn(move || {
                barrier.wait();
                let body = json!({"action": "in", "note": format!("racer {number}")});
                person.command("/clock", &command_id(round, number), &body).expect("an answer")
            })
        })
        .collect();
    racers.into_iter().map(|racer| racer.join().expect("no panic")).collect()
}

pub(crate) fn winner(answers: &[Answer]) -> usize {
    let winners: Vec<usize> = answers
        .iter()
        .enumerate()
        .filter(|(_, answer)| answer.status == 200)
        .map(|(number, _)| number)
        .collect();
    let conflicts = answers.iter().filter(|answer| answer.status == 409).collect::<Vec<_>>();
    assert_eq!((winners.len(), conflicts.len()), (1, AT_ONCE - 1));
    let won = answers[winners[0]].json();
    for conflict in conflicts {
        assert_eq!(conflict.json()["code"], "already_clocked_in");
        assert_eq!(conflict.json()["entry"]["id"], won["entry"]["id"], "the obstacle is the winner's entry");
    }
    winners[0]
}

#[test]
fn of_sixty_four_clock_ins_one_wins_before_and_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let person = Person::owner(&server.url);
    let first = race(&person, 1);
    let number = winner(&first);
    let body = json!({"action": "in", "note": format!("racer {number}")});
    let repeat =
        |person: &Person| person.command("/clock", &command_id(1, number), &body).expect("an answer");
    assert_eq!(repeat(&person), first[number], "repeated at once");
    assert_eq!(person.post("/clock", &json!({"action": "out"})).status, 200);
    assert_eq!(repeat(&person), first[number], "repeated when the clock stands elsewhere");

    server.kill();
    let server = Server::start(folder.path());
    let person = person.at(&server.url);
    assert_eq!(repeat(&person), first[number], "repeated after a crash");
    winner(&race(&person, 2));
    let other_body =
        person.command("/clock", &command_id(1, number), &json!({"action": "out"})).expect("an answer");
    assert_eq!(
        (other_body.status, other_body.json()["code"].as_str()),
        (422, Some("idempotency_key_reused"))
    );
    server.stop();
}
