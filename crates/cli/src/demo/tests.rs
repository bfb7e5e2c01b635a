use jiff::civil::date;
use vibesheets_core::time::{Instant, Zone};

use super::{
    calendar::range,
    cast::TEAM,
    events::{Deed, events},
};

fn instant(text: &str) -> Instant {
    Instant::parse_rfc_3339(text).expect("a time")
}

#[test]
fn at_least_three_months_with_a_clock_change_whatever_the_day() {
    let zone = Zone::named("Europe/Vienna").expect("a zone");
    for today in
        [date(2026, 11, 23), date(2026, 10, 20), date(2026, 3, 29), date(2026, 7, 1), date(2027, 1, 1)]
    {
        let range = range(today, &zone);
        let changes = range.dates().filter(|day| zone.seconds_in(*day) != Some(86_400)).count();
        assert!(range.days() > 13 * 7, "{today}");
        assert!(changes >= 1, "{today}: no clock change since {}", range.first);
    }
}

#[test]
fn the_night_shift_of_the_october_change_is_nine_hours_by_the_wall_clock_eight() {
    let zone = Zone::named("Europe/Vienna").expect("a zone");
    let range = range(date(2026, 11, 23), &zone);
    let now = instant("2026-11-23T12:00:00+01:00");
    let midnight = instant("2026-10-25T00:00:00+02:00");
    let mut nights = Vec::new();
    for (person, member) in TEAM.iter().enumerate() {
        let events = events(member, person, &zone, range, now);
        let over_midnight = events.windows(2).filter(|pair| {
            pair[0].at < midnight && midnight < pair[1].at && matches!(pair[0].deed, Deed::In { .. })
        });
        nights.extend(over_midnight.map(|pair| pair[1].at.seconds_since(pair[0].at)));
    }
    assert_eq!(nights.len(), 1, "one of the control room is there that night: {nights:?}");
    assert!((nights[0] - 9 * 3600).abs() < 15 * 60, "{nights:?}");
}

#[test]
fn everyone_clocks_out_before_they_clock_in_again() {
    let zone = Zone::named("Europe/Vienna").expect("a zone");
    let now = instant("2026-11-23T23:30:00+01:00");
    for (person, member) in TEAM.iter().enumerate() {
        let events = events(member, person, &zone, range(date(2026, 11, 23), &zone), now);
        assert!(events.len() > 60, "{} worked too little", member.name);
        let mut open = false;
        for event in events {
            match event.deed {
                Deed::In { .. } => assert!(!std::mem::replace(&mut open, true), "{}: {event:?}", member.name),
                Deed::Switch { .. } => assert!(open, "{}: {event:?}", member.name),
                Deed::Out | Deed::Mend { .. } => {
                    assert!(std::mem::replace(&mut open, false), "{}", member.name)
                }
            }
        }
    }
}
