//! Dates as tools write them.

use crate::{import::DateOrder, time::Date};

/// A date whose order may not be known yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateCell {
    /// `2024-12-31`: no tool writes a year first and a day second.
    YearFirst { year: i16, month: i8, day: i8 },
    /// `31/12/2024` or `12/31/2024`
    YearLast { first: i8, second: i8, year: i16 },
}

impl DateCell {
    /// Reads three numbers with `-`, `/` or `.` between them, one of them a year of four digits.
    pub(super) fn read(text: &str) -> Option<Self> {
        let separator = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| "-/.".contains(*c))?;
        let mut parts = text.split(separator);
        let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        if first.len() == 4 {
            return Some(Self::YearFirst { year: year(first)?, month: small(second)?, day: small(third)? });
        }
        Some(Self::YearLast { first: small(first)?, second: small(second)?, year: year(third)? })
    }

    pub(super) const fn is_year_first(self) -> bool {
        matches!(self, Self::YearFirst { .. })
    }

    /// The date it names in `order`, if the calendar has it; where the year comes first, the order is plain.
    pub(super) fn in_order(self, order: DateOrder) -> Option<Date> {
        let (year, month, day) = match (self, order) {
            (Self::YearFirst { year, month, day }, _) => (year, month, day),
            (Self::YearLast { first, second, year }, DateOrder::Mdy) => (year, first, second),
            (Self::YearLast { first, second, year }, DateOrder::Dmy) => (year, second, first),
            (Self::YearLast { .. }, DateOrder::Ymd) => return None,
        };
        Date::new(year, month, day).ok()
    }
}

fn small(text: &str) -> Option<i8> {
    let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

fn year(text: &str) -> Option<i16> {
    let plain = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_decides_what_a_date_means() {
        let date = |text: &str, order| DateCell::read(text).and_then(|cell| cell.in_order(order));
        assert_eq!(date("2024-02-03", DateOrder::Dmy), Date::new(2024, 2, 3).ok());
        assert_eq!(date("02/03/2024", DateOrder::Mdy), Date::new(2024, 2, 3).ok());
        assert_eq!(date("2.3.2024", DateOrder::Dmy), Date::new(2024, 3, 2).ok());
        assert_eq!(date("29-02-2023", DateOrder::Dmy), None);
        assert_eq!(date("13/15/2024", DateOrder::Mdy).or(date("13/15/2024", DateOrder::Dmy)), None);
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in
            ["", "2024", "1/2/24", "1/2-2024", "1/2/2024/3", "+1/2/2024", "a/b/cccc", "1//2024", "２/3/2024"]
        {
            assert_eq!(DateCell::read(text), None, "{text}");
        }
    }
}
