//! Nights on which the clock changes. In zones where it never does, there are none of these rows.
//!
//! The names speak of 02:30, as in central Europe; elsewhere it is the middle of the repeated stretch.

use jiff::SignedDuration;

use super::{ALEX, ANNA, LEE, MARYAM, NACHO, OTHER_ALEX, Planter, SEAN, ZOE, changes};
use crate::wall_clock::Change;

pub(super) fn plant(planter: &mut Planter) {
    let change =
        |year, back: bool| changes(planter.zone, year).into_iter().find(|it| it.ahead.is_negative() == back);
    let nights = [change(2022, true), change(2023, true), change(2023, false)];
    let [Some(autumn), Some(next_autumn), Some(spring)] = nights else { return };
    settled_by_length(planter, autumn);
    settled_by_nothing(planter, autumn);
    only_looks_overlapping(planter, next_autumn);
    really_overlaps(planter, next_autumn);
    over_the_gap(planter, spring);
}

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn settled_by_length(planter: &mut Planter, autumn: Change) {
    let (at, repeated) = (autumn.at, autumn.ahead.abs());
    let (first, second) = (at - repeated / 2, at + repeated / 2);
    planter.exact("until the first 02:30", ZOE, first - HOUR, first);
    planter.exact("from the first to the second 02:30", ZOE, first, second);
    planter.exact("from the second 02:30", ZOE, second, second + HOUR);
    planter.exact("from the first 02:30 to the morning", SEAN, first, second + HOUR * 3);
    planter.exact("until the second 02:30", ANNA, first - HOUR * 4, second);
    planter.exact("night shift over the autumn night", MARYAM, at - HOUR * 5, at + HOUR * 4);
    planter.exact("the wall clock runs backwards", ALEX, at - repeated / 6, at + repeated / 6);
    planter.exact("all of the first pass", OTHER_ALEX, at - repeated, at);
    planter.exact("all of the second pass", OTHER_ALEX, at, at + repeated);
}

/// The length is the same in both passes of the repeated stretch, so the file does not say which it was.
fn settled_by_nothing(planter: &mut Planter, autumn: Change) {
    let (at, repeated) = (autumn.at, autumn.ahead.abs());
    planter.exact("within the first pass", NACHO, at - repeated * 5 / 6, at - repeated / 6);
    planter.exact("zero length at the second 02:30", LEE, at + repeated / 2, at + repeated / 2);
}

fn only_looks_overlapping(planter: &mut Planter, autumn: Change) {
    let (at, repeated) = (autumn.at, autumn.ahead.abs());
    planter.exact("looks overlapped, first pass", ZOE, at - repeated - HOUR / 2, at - repeated / 3);
    planter.exact("looks overlapping, second pass", ZOE, at + repeated / 3, at + repeated + HOUR / 2);
}

fn really_overlaps(planter: &mut Planter, autumn: Change) {
    let (at, repeated) = (autumn.at, autumn.ahead.abs());
    planter.exact("overlapped in the autumn night", SEAN, at - repeated - HOUR, at + repeated + HOUR);
    planter.exact("overlaps in the autumn night", SEAN, at - repeated / 2, at + repeated / 2);
}

fn over_the_gap(planter: &mut Planter, spring: Change) {
    let at = spring.at;
    planter.exact("night shift over the spring night", MARYAM, at - HOUR * 3, at + HOUR * 4);
    planter.exact("ends as the clock jumps", ANNA, at - HOUR * 2, at);
    planter.exact("starts as the clock has jumped, touching", ANNA, at, at + HOUR * 2);
    planter.exact(
        "two seconds over the jump",
        LEE,
        at - SignedDuration::from_secs(1),
        at + SignedDuration::from_secs(1),
    );
}
