//! What clients are going to do, made up from a seed.

use vibesheets_core::actions::ClockAction;

use super::history::Request;
use crate::{Fault, support::SeededRandom};

/// Calls of the store, from the first, among which faults fall; more than a history makes.
const MOST_CALLS: usize = 400;
/// One call in so many fails, where calls fail.
const CALLS_FOR_EACH_FAULT: u64 = 12;
/// The most copies of one command.
const MOST_COPIES: u64 = 5;

/// What one client asks of one member's clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub member: usize,
    pub request: Request,
}

/// What clients are going to do, all at once, each a step at a time.
#[derive(Debug)]
pub(super) struct Plan {
    pub members: usize,
    pub clients: Vec<Vec<Step>>,
    /// Seconds that pass with each tick. Clients read the time as they ask, so that with more than none a slow request
    /// carries an earlier time than a fast one that overtakes it.
    pub seconds_for_each_tick: i64,
    /// Calls of the store that fail, counted from 0.
    pub faults: Vec<(usize, Fault)>,
}

impl Plan {
    /// The same plan for the same `seed`.
    pub fn new(seed: u64, with_faults: bool) -> Self {
        let dice = Dice(SeededRandom::new(seed));
        let members = if dice.one_in(5) { 2 } else { 1 };
        let mut clients = vec![Vec::new(); dice.between(2, 5)];
        for command in 0..dice.between(3, 8) {
            let (member, action) = (dice.below(members), dice.action());
            let copies = if dice.one_in(3) { dice.between(2, MOST_COPIES) } else { 1 };
            for copy in 0..copies {
                // A client that mixes its ids up: the same id for something else.
                let action = if copy > 0 && dice.one_in(10) { dice.action() } else { action };
                let request = Request::Press { action, command };
                dice.place(&mut clients, Step { member, request });
            }
        }
        for _ in 0..dice.between(2, 6) {
            let step = Step { member: dice.below(members), request: Request::Status };
            dice.place(&mut clients, step);
        }
        let seconds_for_each_tick = [0, 1, 1, 7, 40][dice.below(5)];
        let faults = if with_faults { dice.faults() } else { Vec::new() };
        Self { members, clients, seconds_for_each_tick, faults }
    }
}

struct Dice(SeededRandom);

impl Dice {
    fn below(&self, end: usize) -> usize {
        usize::try_from(self.0.next_number() % end as u64).unwrap_or_default()
    }

    fn between(&self, first: u64, last: u64) -> usize {
        usize::try_from(first + self.0.next_number() % (last - first + 1)).unwrap_or_default()
    }

    fn one_in(&self, many: u64) -> bool {
        self.0.next_number().is_multiple_of(many)
    }

    fn action(&self) -> ClockAction {
        [ClockAction::In, ClockAction::In, ClockAction::Out, ClockAction::Out, ClockAction::Switch]
            [self.below(5)]
    }

    /// Somewhere among the steps of some client.
    fn place(&self, clients: &mut [Vec<Step>], step: Step) {
        let steps = &mut clients[self.below(clients.len())];
        steps.insert(self.below(steps.len() + 1), step);
    }

    fn faults(&self) -> Vec<(usize, Fault)> {
        let failing = (0..MOST_CALLS).filter(|_| self.one_in(CALLS_FOR_EACH_FAULT));
        failing.map(|call| (call, Fault::ALL[self.below(Fault::ALL.len())])).collect()
    }
}
