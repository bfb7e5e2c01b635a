//! Three servers on one DynamoDB behind a balancer behave as one.

use std::{
    sync::{Barrier, mpsc},
    thread,
};

use serde_json::json;

use crate::{
    one_winner::{command_id, race, winner},
    support::{
        cluster::Cluster,
        http::{Answer, Person, agent, send},
        ledger::Ledger,
    },
};

const SERVERS: usize = 3;

#[test]
fn of_sixty_four_clock_ins_at_three_servers_one_wins() {
    let cluster = Cluster::start(SERVERS);
    let owner = Person::owner(&cluster.url);
    for round in 1..=3 {
        winner(&race(&owner, round));
        assert_eq!(owner.post("/clock", &json!({"action": "out"})).status, 200);
    }
    assert_eq!(cluster.verified()["entries"], 3);
}

#[test]
fn copies_of_a_command_at_three_servers_have_one_effect_and_one_answer() {
    let cluster = Cluster::start(SERVERS);
    let owner = Person::owner(&cluster.url);
    let everywhere: Vec<Person> =
        cluster.servers.iter().flatten().map(|server| owner.at(&server.url)).collect();
    for round in 1..=5 {
        let body = json!({"action": if round % 2 == 1 { "in" } else { "out" }});
        let barrier = Barrier::new(SERVERS * 2);
        let answers: Vec<Answer> = thread::scope(|scope| {
            let copies: Vec<_> = (0..SERVERS * 2)
                .map(|copy| {
                    let (person, body, barrier) = (&everywhere[copy % SERVERS], &body, &barrier);
                    scope.spawn(move || {
                        barrier.wait();
                        person.command("/clock", &command_id(round, 0), body).expect("an answer")
                    })
                })
                .collect();
            copies.into_iter().map(|copy| copy.join().expect("no panic")).collect()
        });
        assert!(answers.iter().all(|answer| answer.status == 200 && answer == &answers[0]), "{answers:?}");
    }
    assert_eq!(cluster.verified()["entries"], 3);
}

/// A server that has not seen the session yet asks the store; one that has may go on believing in it for five seconds.
#[test]
fn a_session_that_is_begun_at_one_server_holds_at_another_and_ends_at_a_third() {
    let cluster = Cluster::start(SERVERS);
    let at = |number: usize| cluster.servers[number].as_ref().expect("a server").url.clone();
    let owner = Person::owner(&at(0));
    let session = owner.at(&at(1)).send("GET", "/me", None, None).expect("an answer");
    assert_eq!(session.status, 200);
    let id = session.json()["session"]["id"].as_str().expect("an id").to_owned();
    let ended = owner.at(&at(1)).send("DELETE", &format!("/sessions/{id}"), None, None).expect("an answer");
    assert_eq!(ended.status, 204, "{ended:?}");
    let after = owner.at(&at(2)).send("GET", "/me", None, None).expect("an answer");
    assert_eq!(after.status, 401, "{after:?}");
}

/// Five wrong passwords are five, whichever server they are told to.
#[test]
fn wrong_passwords_at_three_servers_are_counted_together() {
    let staging = ["--env", "staging", "--public-url", "https://time.example.com"];
    let cluster = Cluster::start_with(SERVERS, &staging);
    let guess = |number: usize| {
        let server = cluster.servers[number % SERVERS].as_ref().expect("a server");
        let credentials = json!({"email": "ada@example.com", "password": format!("guess number {number}")});
        let url = format!("{}/api/auth/token", server.url);
        send(&agent(), "POST", &url, &[], Some(&credentials)).expect("an answer").status
    };
    let told: Vec<u16> = (0..7).map(guess).collect();
    assert_eq!(told, [401, 401, 401, 401, 401, 429, 429]);
}

#[test]
fn a_server_that_is_killed_in_the_middle_loses_nothing() {
    const PEOPLE: usize = 4;
    const PUNCHES: usize = 30;
    let mut cluster = Cluster::start(SERVERS);
    let owner = Person::owner(&cluster.url);
    let mut people = vec![owner.clone()];
    people.extend((1..PEOPLE).map(|number| owner.invited(&format!("member{number}"))));
    let mut ledgers: Vec<Ledger> = (0..PEOPLE).map(Ledger::of).collect();
    let (acknowledged, answers) = mpsc::channel();
    let unanswered: usize = thread::scope(|scope| {
        let punchers: Vec<_> = people
            .iter()
            .zip(&mut ledgers)
            .map(|(person, ledger)| {
                let acknowledged = acknowledged.clone();
                scope.spawn(move || punch(person, ledger, PUNCHES, &acknowledged))
            })
            .collect();
        drop(acknowledged);
        assert_eq!(answers.iter().take(PEOPLE * PUNCHES / 3).count(), PEOPLE * PUNCHES / 3);
        cluster.kill(1);
        punchers.into_iter().map(|puncher| puncher.join().expect("no panic")).sum()
    });
    println!("{unanswered} punches were sent again");
    for (person, ledger) in people.iter().zip(&mut ledgers) {
        ledger.settle(person);
        assert_eq!(ledger.acknowledged(), PUNCHES);
    }
    let entries: usize = ledgers.iter().map(Ledger::entries).sum();
    assert_eq!(cluster.verified()["entries"].as_u64(), Some(entries as u64));
}

/// Punches so often; a punch whose server went away is sent again. How many were.
fn punch(person: &Person, ledger: &mut Ledger, punches: usize, acknowledged: &mpsc::Sender<()>) -> usize {
    let mut unanswered = 0;
    for _ in 0..punches {
        let punch = ledger.next();
        let answer = loop {
            match person.command("/clock", &punch.id, &punch.body) {
                Ok(answer) => break answer,
                Err(_) => unanswered += 1,
            }
        };
        ledger.acknowledge(punch, answer);
        // The receiver goes once it has heard enough.
        let _ = acknowledged.send(());
    }
    unanswered
}

#[test]
fn a_shared_store_without_a_shared_key_is_not_served() {
    let cluster = Cluster::start(1);
    let folder = tempfile::tempdir().expect("a folder");
    let told = crate::support::command::run(folder.path(), &["serve", "--store", &cluster.store]);
    assert!(told.contains("VIBESHEETS_SESSION_KEY") && told.ends_with("exit code 2\n"), "{told}");
}
