//! Two stores, the same random actions, equal answers and equal contents: whatever one engine does, the other must do.
//!
//! Time, ids and salts repeat with the seed, so that even the hashes of the journal are equal.

mod action;
mod compare;

use vibesheets_core::store::Store;

use crate::support::{Lab, SeededRandom, TestOrganisation};
use action::{Choice, Outcome};

/// One store with an organisation in it, and what was done there.
struct Side<'a> {
    store: &'a dyn Store,
    lab: Lab,
    team: TestOrganisation,
    commands: Vec<(Choice, vibesheets_core::actions::Command)>,
}

impl<'a> Side<'a> {
    async fn new(store: &'a dyn Store, seed: u64) -> Self {
        let lab = Lab::new(seed);
        let team = lab.found(store, 3).await;
        Self { store, lab, team, commands: Vec::new() }
    }
}

/// Takes `actions` random actions on both stores, in an organisation of its own; returns how many of them were not refused.
///
/// # Panics
/// Where an answer or what is in the stores differs, with the seed and the action.
pub async fn takes_the_same_actions(one: &dyn Store, other: &dyn Store, seed: u64, actions: usize) -> usize {
    let mut sides = [Side::new(one, seed).await, Side::new(other, seed).await];
    let random = SeededRandom::new(seed.wrapping_mul(31).wrapping_add(7));
    let mut answered = 0;
    for number in 0..actions {
        let choice = Choice::random(&random);
        let mut outcomes: Vec<Outcome> = Vec::new();
        for side in &mut sides {
            outcomes.push(side.take(choice).await);
        }
        assert_eq!(outcomes[0], outcomes[1], "seed {seed}, action {number}: {choice:?}");
        answered += usize::from(matches!(outcomes[0], Outcome::Answered(_)));
        if number % 8 == 7 || number + 1 == actions {
            let [one, other] = [sides[0].contents().await, sides[1].contents().await];
            assert_eq!(one, other, "seed {seed}, after action {number}: {choice:?}");
        }
    }
    answered
}

/// Takes `actions` random actions on one store, in an organisation of its own.
pub async fn takes_random_actions(store: &dyn Store, seed: u64, actions: usize) {
    let mut side = Side::new(store, seed).await;
    let random = SeededRandom::new(seed.wrapping_mul(31).wrapping_add(7));
    for _ in 0..actions {
        side.take(Choice::random(&random)).await;
    }
}
