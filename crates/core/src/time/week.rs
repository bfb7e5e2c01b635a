//! Weeks and ranges of work dates.

use jiff::{ToSpan, civil::Weekday};
use serde::{Deserialize, Serialize};

use super::Date;
use crate::{Reason, reason::Carried};

/// The day an organisation's weeks begin on, as ISO 8601 numbers them: 1 is Monday, 7 is Sunday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct FirstDayOfWeek(Weekday);

impl FirstDayOfWeek {
    /// Monday, as ISO 8601 has it.
    pub const MONDAY: Self = Self(Weekday::Monday);

    /// The first of the seven work dates of the week that `date` lies in.
    pub fn week_start(self, date: Date) -> Date {
        let days = date.weekday().since(self.0);
        date.saturating_sub(i64::from(days).days())
    }

    /// The week that `date` lies in.
    pub fn week_of(self, date: Date) -> DateRange {
        let first = self.week_start(date);
        DateRange { first, last: first.saturating_add(6.days()) }
    }
}

impl TryFrom<u8> for FirstDayOfWeek {
    type Error = Carried;

    fn try_from(number: u8) -> Result<Self, Carried> {
        i8::try_from(number)
            .ok()
            .and_then(|number| Weekday::from_monday_one_offset(number).ok())
            .map(Self)
            .ok_or_else(|| {
                let detail = format!("{number} is not a day of the week: 1 is Monday, 7 is Sunday");
                Reason::new("unknown_weekday", detail).into()
            })
    }
}

impl From<FirstDayOfWeek> for u8 {
    fn from(day: FirstDayOfWeek) -> Self {
        day.0.to_monday_one_offset().unsigned_abs()
    }
}

/// Work dates from `first` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateRange {
    /// The earliest work date.
    pub first: Date,
    /// The latest work date.
    pub last: Date,
}

impl DateRange {
    /// A single day.
    pub const fn day(date: Date) -> Self {
        Self { first: date, last: date }
    }

    /// How many dates it holds; 0 where `last` lies before `first`.
    pub fn days(self) -> usize {
        let days = (self.last - self.first).get_days() + 1;
        usize::try_from(days).unwrap_or(0)
    }

    /// Whether `date` lies in it.
    pub fn contains(self, date: Date) -> bool {
        self.first <= date && date <= self.last
    }

    /// Each date, the earliest first.
    pub fn dates(self) -> impl Iterator<Item = Date> {
        self.first.series(1.day()).take(self.days())
    }
}
