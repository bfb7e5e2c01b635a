//! Times of day as tools write them.

use jiff::civil::Time;

use crate::import::RefusalCode;

/// A time of day whose half of the day may be marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TimeCell {
    hour: i8,
    minute: i8,
    second: i8,
    afternoon: Option<bool>,
    /// Whether seconds are written: how exact the time is.
    pub(super) has_seconds: bool,
}

impl TimeCell {
    /// Reads `9:00`, `09:00:00`, `9:00 PM`, `09:00:00am`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let lower = text.to_ascii_lowercase();
        let marked = |marks: [&str; 2]| marks.into_iter().find_map(|mark| lower.strip_suffix(mark));
        let (digits, afternoon) = match (marked(["am", "a.m."]), marked(["pm", "p.m."])) {
            (Some(digits), _) => (digits, Some(false)),
            (None, Some(digits)) => (digits, Some(true)),
            (None, None) => (lower.as_str(), None),
        };
        let mut parts = digits.trim().split(':');
        let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next());
        let whole = |part: &str| part.len() == 2;
        if parts.next().is_some() || hour.len() > 2 || !whole(minute) || !second.is_none_or(whole) {
            return None;
        }
        Some(Self {
            hour: number(hour)?,
            minute: number(minute)?,
            second: second.map_or(Some(0), number)?,
            afternoon,
            has_seconds: second.is_some(),
        })
    }

    /// Whether AM or PM is written.
    pub(super) const fn is_marked(self) -> bool {
        self.afternoon.is_some()
    }

    /// The time it names. In a file that marks the halves of the day, an unmarked time from 1 to 12 o'clock is
    /// refused.
    pub(super) fn time(self, file_is_marked: bool) -> Result<Time, RefusalCode> {
        let hour = match self.afternoon {
            Some(_) if !(1..=12).contains(&self.hour) => return Err(RefusalCode::ImpossibleTime),
            Some(afternoon) => self.hour % 12 + if afternoon { 12 } else { 0 },
            None if file_is_marked && (1..=12).contains(&self.hour) => {
                return Err(RefusalCode::AmbiguousTime);
            }
            None => self.hour,
        };
        Time::new(hour, self.minute, self.second, 0).map_err(|_| RefusalCode::ImpossibleTime)
    }
}

fn number(text: &str) -> Option<i8> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str, file_is_marked: bool) -> Result<Time, RefusalCode> {
        TimeCell::read(text).ok_or(RefusalCode::InvalidTime)?.time(file_is_marked)
    }

    #[test]
    fn twelve_o_clock_is_noon_by_day_and_midnight_by_night() {
        let at = |hour, minute, second| Ok(jiff::civil::time(hour, minute, second, 0));
        assert_eq!(time("12:00 AM", true), at(0, 0, 0));
        assert_eq!(time("12:30:15 pm", true), at(12, 30, 15));
        assert_eq!(time("1:05\u{202f}PM", true), at(13, 5, 0));
        assert_eq!(time("9:00a.m.", true), at(9, 0, 0));
        assert_eq!(time("00:00", false), at(0, 0, 0));
        assert_eq!(time("23:59:59", false), at(23, 59, 59));
    }

    #[test]
    fn what_no_clock_shows_is_refused() {
        for (text, code) in [
            ("24:00", RefusalCode::ImpossibleTime),
            ("23:60", RefusalCode::ImpossibleTime),
            ("13:00 PM", RefusalCode::ImpossibleTime),
            ("0:30 AM", RefusalCode::ImpossibleTime),
            ("9:00", RefusalCode::AmbiguousTime),
            ("PM 9:00", RefusalCode::InvalidTime),
            ("9", RefusalCode::InvalidTime),
            ("9:0", RefusalCode::InvalidTime),
            ("09:00:00.5", RefusalCode::InvalidTime),
            ("PM", RefusalCode::InvalidTime),
            ("", RefusalCode::InvalidTime),
        ] {
            assert_eq!(time(text, true), Err(code), "{text}");
        }
    }
}
