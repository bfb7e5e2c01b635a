//! A member who presses the button as fast as the server answers.

use std::sync::mpsc::Sender;

use crate::support::{http::Person, ledger::Ledger};

/// One of the two ways to punch.
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
