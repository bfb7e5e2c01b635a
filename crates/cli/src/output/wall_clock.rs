//! Times as the wall clock showed them: taken from the offset that the server sent, never from this machine's zone.

use jiff::civil::DateTime;

/// What the wall clock showed at `time` (RFC 3339 with an offset).
fn civil(time: &str) -> Option<DateTime> {
    let pieces = jiff::fmt::temporal::Pieces::parse(time).ok()?;
    Some(pieces.date().to_datetime(pieces.time()?))
}

/// `08:12`; the text itself where it is no time.
pub fn time_of_day(time: &str) -> String {
    civil(time).map_or_else(|| time.to_owned(), |civil| civil.strftime("%H:%M").to_string())
}

/// `2026-03-29 08:12`; the text itself where it is no time.
pub fn date_and_time(time: &str) -> String {
    civil(time).map_or_else(|| time.to_owned(), |civil| civil.strftime("%Y-%m-%d %H:%M").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wall_clock_is_that_of_the_offset_sent() {
        assert_eq!(time_of_day("2026-10-25T02:30:00+01:00"), "02:30");
        assert_eq!(date_and_time("2026-10-25T02:30:00+05:45"), "2026-10-25 02:30");
        assert_eq!(time_of_day("soon"), "soon");
    }
}
