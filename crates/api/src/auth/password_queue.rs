//! Who waits for a password to be hashed: so many in all and so many of one client, so that nobody waits long and nobody
//! takes all places. Further ones are told so at once.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use vibesheets_core::store::AttemptSubject;

use crate::problem::{Code, Problem};

/// The most that wait or have their turn.
const PLACES: usize = 34;
/// The most of them that one client's address has.
const PLACES_OF_A_CLIENT: usize = 8;

/// The places in the queue that are taken, by client.
#[derive(Debug, Default)]
pub(super) struct PasswordQueue {
    taken: Mutex<HashMap<AttemptSubject, usize>>,
}

impl PasswordQueue {
    /// A place until what is returned is dropped.
    ///
    /// # Errors
    /// [`Code::Unavailable`] where all places are taken, or all that `client` may have.
    pub fn enter(self: &Arc<Self>, client: AttemptSubject) -> Result<Place, Problem> {
        let mut taken = self.taken();
        let own = taken.get(&client).copied().unwrap_or_default();
        if own >= PLACES_OF_A_CLIENT || taken.values().sum::<usize>() >= PLACES {
            let detail = "Too many passwords are being checked at this moment. Try again in a second.";
            return Err(Problem::new(Code::Unavailable, detail));
        }
        taken.insert(client, own + 1);
        drop(taken);
        Ok(Place { queue: Arc::clone(self), client })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<AttemptSubject, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in the queue.
#[derive(Debug)]
pub(super) struct Place {
    queue: Arc<PasswordQueue>,
    client: AttemptSubject,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.queue.taken();
        match taken.get_mut(&self.client) {
            Some(own) if *own > 1 => *own -= 1,
            _ => drop(taken.remove(&self.client)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(number: usize) -> AttemptSubject {
        AttemptSubject::of("address", &number.to_string())
    }

    #[test]
    fn a_client_has_eight_places_and_gets_one_again_for_each_that_it_leaves() {
        let queue = Arc::new(PasswordQueue::default());
        let mut own: Vec<Place> = (0..8).map(|_| queue.enter(client(1)).expect("a place")).collect();
        let refused = queue.enter(client(1)).expect_err("all of its places are taken");
        assert_eq!(refused.code, Code::Unavailable);
        queue.enter(client(2)).expect("a place of another client");
        own.pop();
        own.push(queue.enter(client(1)).expect("the place that was left"));
        queue.enter(client(1)).expect_err("all of its places are taken");
        drop(own);
        assert!(queue.taken().is_empty(), "nobody who left is remembered");
    }

    #[test]
    fn all_clients_have_34_places_together() {
        let queue = Arc::new(PasswordQueue::default());
        let mut taken: Vec<Place> =
            (0..34).map(|number| queue.enter(client(number)).expect("a place")).collect();
        queue.enter(client(35)).expect_err("all places are taken");
        taken.pop();
        queue.enter(client(35)).expect("the place that was left");
    }
}
