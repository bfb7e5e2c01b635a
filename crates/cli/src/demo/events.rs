//! A person's punches from the first day to now, in their order.

use jiff::civil::DateTime;
use vibesheets_core::time::{DateRange, Instant, LocalTime, Zone};

use super::{
    cast::{CastMember, PROJECTS, TAGS},
    chance::Chance,
    rota::{Stretch, stretches},
};

/// Something that a person did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Clocked in on a project (a place in [`PROJECTS`]).
    In {
        /// On what.
        project: usize,
        /// What they wrote.
        note: &'static str,
        /// A label.
        tag: Option<&'static str>,
    },
    /// Went on with another project.
    Switch {
        /// On what.
        project: usize,
    },
    /// Clocked out.
    Out,
    /// Forgot to clock out at `end`, and wrote it into the entry later.
    Mend {
        /// When they really left.
        end: Instant,
    },
}

/// A deed and its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Instant,
    /// What.
    pub deed: Deed,
}

/// What `member`, the `person`th of the team, did on the days of `range` up to `now`.
pub fn events(member: &CastMember, person: usize, zone: &Zone, range: DateRange, now: Instant) -> Vec<Event> {
    let mut events = Vec::new();
    for date in range.dates() {
        let day = i64::from((date - jiff::civil::Date::constant(1970, 1, 1)).get_days());
        let mut chance = Chance::of(person, day);
        for stretch in stretches(member.rota, person, date, &mut chance) {
            work(&mut events, member, zone, stretch, &mut chance);
        }
    }
    events.retain(|event| event.at <= now);
    events.sort_by_key(|event| event.at);
    events
}

fn work(events: &mut Vec<Event>, member: &CastMember, zone: &Zone, stretch: Stretch, chance: &mut Chance) {
    let (Some(from), Some(to)) = (instant(stretch.from, zone), instant(stretch.to, zone)) else { return };
    let project = if chance.percent(75) { member.projects[0] } else { *chance.one(member.projects) };
    let note = *chance.one(PROJECTS[project].notes);
    let tag = chance.percent(15).then(|| *chance.one(&TAGS));
    events.push(Event { at: from, deed: Deed::In { project, note, tag } });
    if let Some(at) = stretch.switched.and_then(|at| instant(at, zone)).filter(|at| *at < to) {
        let project = *chance.one(member.projects);
        events.push(Event { at, deed: Deed::Switch { project } });
    }
    // Who forgets in the evening mends it before the next shift can begin.
    if chance.percent(2) {
        let noticed = to.saturating_add_seconds(chance.between(20 * 60, 26 * 60));
        events.push(Event { at: noticed, deed: Deed::Mend { end: to } });
    } else {
        events.push(Event { at: to, deed: Deed::Out });
    }
}

fn instant(local: DateTime, zone: &Zone) -> Option<Instant> {
    LocalTime::resolve(local, zone).ok()?.instants().next()
}
