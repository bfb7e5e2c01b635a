//! One row for each awkward note, on days of their own.

use jiff::SignedDuration;

use super::{Planter, cast};

pub(super) fn plant(planter: &mut Planter, line_breaks: bool) {
    let several_lines = if line_breaks { cast::NOTES_OF_SEVERAL_LINES } else { &[] };
    let morning = planter.instant("2024-09-02T09:00");
    for (number, note) in cast::AWKWARD_NOTES.iter().chain(several_lines).enumerate() {
        let day = i64::try_from(number / 8).expect("few notes");
        let start = morning + SignedDuration::from_hours(24 * day);
        let span = planter.exact("awkward note", number % 8, start, start + SignedDuration::from_mins(50));
        span.description = (*note).to_owned();
        span.tags = cast::TAG_SETS[number % cast::TAG_SETS.len()].to_vec();
    }
}
