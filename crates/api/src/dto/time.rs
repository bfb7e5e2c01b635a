//! Times and dates as requests write them.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};
use serde::{Deserialize, Deserializer, de::Error};
use vibesheets_core::{
    Reason,
    actions::FieldError,
    reason::Carried,
    time::{Instant, LocalTime, Zone},
};

const EXPECTED_TIME: &str = "must be a time with an offset such as 2026-03-29T22:00:00+01:00";
const EXPECTED_EITHER: &str =
    "must be a time such as 2026-03-29T22:00:00+01:00, or without the offset where `time_zone` settles it";
/// Times that have the shape and that no calendar here reaches, such as the last day of 9999 east of Greenwich.
const OUTSIDE: &str = "must lie between 2000-01-01 and 2199-12-31";
const EXPECTED_DATE: &str = "must be a date such as 2026-03-29";

/// A point in time, RFC 3339 with an offset; a fraction of a second is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rfc3339(pub Timestamp);

/// A point in time, or what a wall clock showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointInTime {
    /// With an offset.
    Exact(Timestamp),
    /// Without one.
    Local(DateTime),
}

/// A date of the civil calendar, written `YYYY-MM-DD` and in no other way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CivilDate(pub Date);

impl PointInTime {
    /// The instant it names; a local time is read in `zone`.
    ///
    /// # Errors
    /// A [`FieldError`] at `pointer` for a time outside the years that are kept, or that `zone` had twice or never.
    pub fn resolve(self, zone: &Zone, pointer: &str) -> Result<Instant, FieldError> {
        match self {
            Self::Exact(timestamp) => {
                Instant::from_timestamp(timestamp).map_err(|error| FieldError::new(pointer, error))
            }
            Self::Local(local) => LocalTime::resolve(local, zone)
                .map_err(|error| FieldError::new(pointer, error))?
                .unique()
                .map_err(|error| FieldError::new(pointer, error)),
        }
    }
}

/// What follows a date and a `T`, or nothing: jiff reads more spellings than RFC 3339 has.
fn clock_part(text: &str) -> Option<&str> {
    let has_date_and_t =
        date(text.get(..10)?).is_some() && matches!(text.as_bytes().get(10), Some(b'T' | b't'));
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"-+:.TtZz".contains(&byte));
    if has_date_and_t && plain { text.get(11..) } else { None }
}

/// What to say about a text that is no time.
fn expected(text: &str, shape: &'static str) -> Carried {
    let wall_clock = text.get(..19).filter(|_| clock_part(text).is_some());
    let is_a_time = wall_clock.is_some_and(|wall_clock| wall_clock.parse::<DateTime>().is_ok());
    // The offsets that there are end at a day; within the years that are kept, something else is wrong.
    let is_kept = (2000..2200).contains(&text.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0));
    let reason = if is_a_time && !is_kept {
        Reason::new("outside_years", OUTSIDE)
    } else {
        Reason::new("not_a_time", shape)
    };
    reason.into()
}

fn exact(text: &str) -> Option<Timestamp> {
    clock_part(text)?;
    text.parse().ok()
}

fn local(text: &str) -> Option<DateTime> {
    let has_offset = clock_part(text)?.contains(['+', '-', 'Z', 'z']);
    if has_offset { None } else { text.parse().ok() }
}

fn date(text: &str) -> Option<Date> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if shape { text.parse().ok() } else { None }
}

impl<'de> Deserialize<'de> for Rfc3339 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        exact(&text).map(Self).ok_or_else(|| D::Error::custom(expected(&text, EXPECTED_TIME)))
    }
}

impl<'de> Deserialize<'de> for PointInTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        local(&text)
            .map(Self::Local)
            .or_else(|| exact(&text).map(Self::Exact))
            .ok_or_else(|| D::Error::custom(expected(&text, EXPECTED_EITHER)))
    }
}

impl<'de> Deserialize<'de> for CivilDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        date(&text)
            .map(Self)
            .ok_or_else(|| D::Error::custom(Carried::from(Reason::new("not_a_date", EXPECTED_DATE))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_rfc_3339_and_nothing_else() {
        for text in ["2026-03-29T22:00:00+01:00", "2026-03-29T22:00:00Z", "2026-03-29t22:00:00.123456z"] {
            assert!(exact(text).is_some(), "{text}");
        }
        for text in [
            "",
            "now",
            "1774821600",
            "2026-03-29",
            "2026-03-29 22:00:00Z",
            "2026-03-29T22:00:00",
            "2026-02-30T00:00:00Z",
            "2026-03-29T22:00:00+01:00[Europe/Vienna]",
            "20260329T220000Z",
            "0000-00-00T00:00:00Z",
            "２026-03-29T22:00:00Z",
        ] {
            assert!(exact(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_local_time_has_no_offset() {
        assert!(local("2026-10-25T02:30:00").is_some());
        assert!(local("2026-10-25T02:30").is_some());
        for text in ["2026-10-25T02:30:00Z", "2026-10-25T02:30:00-05:00", "2026-10-25", "02:30"] {
            assert!(local(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_date_has_one_spelling() {
        assert!(date("2028-02-29").is_some());
        for text in ["2027-02-29", "20280229", "2028-2-29", "2028-02-29T00:00", "+2028-02-9", ""] {
            assert!(date(text).is_none(), "{text}");
        }
    }
}
