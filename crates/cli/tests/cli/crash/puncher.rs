//! A member who presses the button as fast as the server answers.

use std::sync::mpsc::Sender;

use crate::support::{http::Person, ledger::Ledger};

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
