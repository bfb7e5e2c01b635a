//! A member who presses the button as fast as the server answers.

use std::sync::mpsc::Sender;

use crate::support::{http::Person, ledger::Ledger};

/// A way to punch.
pub type Puncher = fn(&Person, &mut Ledger, &Sender<()>) -> bool;

/// Punches until the server is gone or, in the moment between a cut of the power and its end, says that its disk fails; whether
/// a punch was left without an answer.
pub fn punch_until_failed(person: &Person, ledger: &mut Ledger, acknowledged: &Sender<()>) -> bool {
    loop {
        let punch = ledger.next();
        match person.command("/clock", &punch.id, &punch.body) {
            Ok(answer) if answer.status < 500 => {
                ledger.acknowledge(punch, answer);
                let _ = acknowledged.send(());
            }
            _ => return true,
        }
    }
}

/// Punches until the server says that it cannot write, in the words that it has for it; always with a punch left that was not
/// carried out, as far as anybody was told.
pub fn punch_until_refused(person: &Person, ledger: &mut Ledger, acknowledged: &Sender<()>) -> bool {
    loop {
        let punch = ledger.next();
        let answer = person.command("/clock", &punch.id, &punch.body).expect("the server goes on");
        if answer.status != 200 {
            assert_eq!((answer.status, &answer.json()["code"]), (503, &"unavailable".into()), "{answer:?}");
            return true;
        }
        ledger.acknowledge(punch, answer);
        let _ = acknowledged.send(());
    }
}

/// Punches five times, or until the server refuses or is gone; whether it did.
pub fn punch_five_times(person: &Person, ledger: &mut Ledger, acknowledged: &Sender<()>) -> bool {
    (0..5).any(|_| {
        let punch = ledger.next();
        match person.command("/clock", &punch.id, &punch.body) {
            Ok(answer) if answer.status == 200 => {
                ledger.acknowledge(punch, answer);
                let _ = acknowledged.send(());
                false
            }
            _ => true,
        }
    })
}

/// Punches until the server is gone; whether it went while a punch waited for its answer.
pub fn punch_until_gone(person: &Person, ledger: &mut Ledger, acknowledged: &Sender<()>) -> bool {
    loop {
        let punch = ledger.next();
        match person.command("/clock", &punch.id, &punch.body) {
            Ok(answer) => {
                ledger.acknowledge(punch, answer);
                // The receiver goes once it has heard enough.
                let _ = acknowledged.send(());
            }
            Err(_) => return true,
        }
    }
}
