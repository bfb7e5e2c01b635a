//! Looking for the order in which a clock that does a thing at a time would have given all answers.

use std::collections::HashSet;

use super::{clock::Clock, history::Operation};

/// The most operations in one history: one bit each.
pub(super) const MOST_OPERATIONS: usize = 128;

/// Whether there is an order of `operations`, all of one member, that explains what everybody was told.
///
/// # Panics
/// With more than [`MOST_OPERATIONS`].
pub(super) fn can_be_ordered(operations: &[Operation]) -> bool {
    assert!(operations.len() <= MOST_OPERATIONS, "{} operations in one history", operations.len());
    let answered = (0..operations.len())
        .filter(|index| operations[*index].answered.is_some())
        .fold(0_u128, |all, index| all | 1 << index);
    let mut tried = HashSet::new();
    let mut to_try = vec![(0_u128, Clock::default())];
    while let Some((done, clock)) = to_try.pop() {
        // Those that nobody was told of may never have been done.
        if done & answered == answered {
            return true;
        }
        for index in next(operations, done) {
            let Some(after) = clock.after(&operations[index]) else { continue };
            let step = (done | 1 << index, after);
            if tried.insert(step.clone()) {
                to_try.push(step);
            }
        }
    }
    false
}

/// The operations that may be next once `done` are: those that were asked before any other of the rest was answered.
fn next(operations: &[Operation], done: u128) -> impl Iterator<Item = usize> {
    let rest = move |index: &usize| done & (1 << index) == 0;
    let first_answer =
        (0..operations.len()).filter(rest).filter_map(|index| operations[index].answered).min();
    (0..operations.len())
        .filter(rest)
        .filter(move |index| first_answer.is_none_or(|first| operations[*index].called < first))
}

/// A shorter history that cannot be ordered either: cut at the first answer that cannot be explained, and without what
/// changes nothing and is not missed. Dropping such an operation, or the answers after some tick, never makes a
/// history wrong that is right, so what is left is as wrong as the whole.
pub(super) fn shortest(operations: &[Operation]) -> Vec<Operation> {
    let mut ticks: Vec<u64> = operations.iter().filter_map(|operation| operation.answered).collect();
    ticks.sort_unstable();
    let cut = ticks.into_iter().map(|tick| until(operations, tick)).find(|cut| !can_be_ordered(cut));
    let mut left = cut.unwrap_or_else(|| operations.to_vec());
    let mut index = 0;
    while index < left.len() {
        let mut fewer = left.clone();
        let dropped = fewer.remove(index);
        if dropped.changes_nothing() && !can_be_ordered(&fewer) {
            left = fewer;
        } else {
            index += 1;
        }
    }
    left.sort_by_key(|operation| operation.called);
    left
}

/// What was known at `tick`.
fn until(operations: &[Operation], tick: u64) -> Vec<Operation> {
    let known = |operation: &Operation| {
        let answered = operation.answered.filter(|answered| *answered <= tick);
        // What is refused later changes nothing; what takes effect later may have taken it by now.
        let is_open = answered.is_none() && !operation.changes_nothing();
        (operation.called < tick && (answered.is_some() || is_open))
            .then(|| Operation { answered, ..operation.clone() })
    };
    operations.iter().filter_map(known).collect()
}

#[cfg(test)]
mod tests {
    use vibesheets_core::{EntryId, actions::ClockAction};

    use super::{
        super::history::{Outcome, Pressed, Request},
        *,
    };

    fn entry(number: u8) -> EntryId {
        EntryId::from_bytes([number; 16])
    }

    fn operation(ticks: (u64, Option<u64>), request: Request, outcome: Outcome) -> Operation {
        Operation { client: 0, member: 0, request, now: 0, called: ticks.0, answered: ticks.1, outcome }
    }

    fn press(action: ClockAction, command: usize) -> Request {
        Request::Press { action, command }
    }

    fn opened(number: u8) -> Outcome {
        Outcome::Pressed(Pressed { entry: entry(number), start: 0, end: None, today_seconds: 0 })
    }

    fn shown(open: Option<u8>) -> Outcome {
        Outcome::Shown { open: open.map(entry), today_seconds: 0 }
    }

    #[test]
    fn what_overlaps_may_be_ordered_either_way_and_what_does_not_may_not() {
        let clock_in = |ticks| operation(ticks, press(ClockAction::In, 1), opened(1));
        let look = |ticks, open| operation(ticks, Request::Status, shown(open));
        assert!(can_be_ordered(&[clock_in((1, Some(4))), look((2, Some(3)), None)]));
        assert!(can_be_ordered(&[clock_in((1, Some(4))), look((2, Some(3)), Some(1))]));
        assert!(!can_be_ordered(&[clock_in((1, Some(2))), look((3, Some(4)), None)]));
        assert!(!can_be_ordered(&[look((1, Some(2)), Some(1)), clock_in((3, Some(4)))]));
    }

    #[test]
    fn of_two_that_both_clock_in_one_is_wrong() {
        let clock_in =
            |command, number| operation((1, Some(9)), press(ClockAction::In, command), opened(number));
        assert!(!can_be_ordered(&[clock_in(1, 1), clock_in(2, 2)]));
        let told = operation((1, Some(9)), press(ClockAction::In, 2), Outcome::AlreadyClockedIn(entry(1)));
        assert!(can_be_ordered(&[clock_in(1, 1), told]));
    }

    #[test]
    fn a_copy_of_a_command_is_answered_alike_and_another_request_under_its_id_is_refused() {
        let first = operation((1, Some(2)), press(ClockAction::In, 1), opened(1));
        let copy = |outcome| operation((3, Some(4)), press(ClockAction::In, 1), outcome);
        assert!(can_be_ordered(&[first.clone(), copy(opened(1))]));
        assert!(!can_be_ordered(&[first.clone(), copy(Outcome::AlreadyClockedIn(entry(1)))]));
        let other = operation((3, Some(4)), press(ClockAction::Out, 1), Outcome::CommandReused);
        assert!(can_be_ordered(&[first, other.clone()]));
        assert!(!can_be_ordered(&[other]));
    }

    #[test]
    fn what_nobody_was_told_of_may_be_done_at_any_later_time_or_never_but_not_before_it_was_asked() {
        let lost = operation((3, None), press(ClockAction::In, 1), opened(1));
        let look = |ticks, open| operation(ticks, Request::Status, shown(open));
        assert!(can_be_ordered(&[lost.clone(), look((4, Some(5)), None)]));
        assert!(can_be_ordered(&[lost.clone(), look((4, Some(5)), None), look((6, Some(7)), Some(1))]));
        assert!(!can_be_ordered(&[lost.clone(), look((4, Some(5)), Some(1)), look((6, Some(7)), None)]));
        assert!(!can_be_ordered(&[lost, look((1, Some(2)), Some(1))]));
    }

    #[test]
    fn the_shortest_history_holds_what_contradicts_itself_and_nothing_else() {
        let look = |ticks, open| operation(ticks, Request::Status, shown(open));
        let clock_in = operation((3, Some(4)), press(ClockAction::In, 1), opened(1));
        let wrong = look((5, Some(6)), None);
        let history = [
            look((1, Some(2)), None),
            clock_in.clone(),
            wrong.clone(),
            look((7, Some(8)), Some(1)),
            operation((9, Some(10)), press(ClockAction::In, 2), Outcome::AlreadyClockedIn(entry(1))),
        ];
        assert_eq!(shortest(&history), [clock_in, wrong]);
    }
}
