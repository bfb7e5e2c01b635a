//! When people work: a day's punches as their wall clock shows them.

use jiff::{
    ToSpan,
    civil::{DateTime, Time, Weekday, time},
};
use vibesheets_core::time::Date;

use super::{calendar::is_day_off, chance::Chance};

/// When somebody works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rota {
    /// Monday to Friday with a lunch break.
    Office,
    /// Monday to Thursday until noon.
    Mornings,
    /// Two early, two late and two night shifts, then two days off; somebody is always there.
    Shifts {
        /// Where in the eight days they begin.
        offset: i64,
    },
}

/// One stretch of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Clocked in.
    pub from: DateTime,
    /// Clocked out.
    pub to: DateTime,
    /// Changed to the second project, if they did.
    pub switched: Option<DateTime>,
}

/// What somebody works on `date`: nothing when they are off, ill or on holiday. The control room finds a way.
pub fn stretches(rota: Rota, person: usize, date: Date, chance: &mut Chance) -> Vec<Stretch> {
    match rota {
        Rota::Shifts { offset } => shift(date, offset, chance),
        Rota::Office | Rota::Mornings if is_away(person, date, chance) => Vec::new(),
        Rota::Office if is_day_off(date) => Vec::new(),
        Rota::Office => office(date, chance),
        Rota::Mornings if is_day_off(date) || date.weekday() == Weekday::Friday => Vec::new(),
        Rota::Mornings => vec![stretch(date, time(8, 30, 0, 0), 4 * 60, 8, chance)],
    }
}

/// A week of holiday now and then, and a day in bed.
fn is_away(person: usize, date: Date, chance: &mut Chance) -> bool {
    let week = i64::from(date.iso_week_date().week());
    let person = i64::try_from(person).unwrap_or_default();
    (week + person * 5) % 17 == 0 || chance.percent(2)
}

fn office(date: Date, chance: &mut Chance) -> Vec<Stretch> {
    let morning = stretch(date, time(8, 0, 0, 0), 4 * 60, 20, chance);
    let lunch = chance.between(28 * 60, 55 * 60);
    let from = morning.to.saturating_add(lunch.seconds());
    let minutes = if date.weekday() == Weekday::Friday { 3 * 60 } else { 4 * 60 + 15 };
    let to = from.saturating_add((minutes * 60 + chance.between(-20 * 60, 40 * 60)).seconds());
    let switched =
        chance.percent(35).then(|| from.saturating_add(chance.between(40 * 60, 110 * 60).seconds()));
    vec![morning, Stretch { from, to, switched }]
}

fn shift(date: Date, offset: i64, chance: &mut Chance) -> Vec<Stretch> {
    let day = i64::from((date - Date::constant(2024, 1, 1)).get_days());
    let from = match (day + offset).rem_euclid(8) {
        0 | 1 => time(6, 0, 0, 0),
        2 | 3 => time(14, 0, 0, 0),
        4 | 5 => time(22, 0, 0, 0),
        _ => return Vec::new(),
    };
    // By the wall clock: the night of the October change is an hour longer, that of the March one an hour shorter (I3).
    vec![stretch(date, from, 8 * 60, 4, chance)]
}

/// From about `from` for about `minutes`, each punch up to `slack` minutes off and at an odd second.
fn stretch(date: Date, from: Time, minutes: i64, slack: i64, chance: &mut Chance) -> Stretch {
    let planned = date.to_datetime(from);
    let start = planned.saturating_add(chance.between(-slack * 60, slack * 30).seconds());
    let to = planned.saturating_add((minutes * 60 + chance.between(-slack * 20, slack * 60)).seconds());
    Stretch { from: start, to, switched: None }
}
