//! How a whole file writes dates and times: one row cannot tell.
//!
//! Each date votes for the orders it fits. A date that the calendar has in one order only decides; where none does,
//! an order is ruled out by rows whose end would lie before the start, or too far from it for their duration. What
//! then fits both ways is refused, unless every date means the same both ways.

use csv::StringRecord;
use jiff::civil::DateTime;

use super::{
    columns::{Column, Columns},
    date::DateCell,
    duration::Duration,
    records::Records,
    time_of_day::TimeCell,
};
use crate::{
    import::{DateOrder, FileRefusal, ImportSource, RefusalCode},
    time::LONGEST_ENTRY_SECONDS,
};

/// How this file writes dates and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Conventions {
    pub(super) date_order: DateOrder,
    /// Whether any time is marked AM or PM.
    pub(super) times_are_marked: bool,
}

/// Clock changes move an end by less than this against the difference of the local times, in seconds.
const CLOCK_CHANGES: i64 = 3 * 3600;

/// A place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    line: u64,
    column: Column,
    value: String,
}

#[derive(Debug, Default)]
struct Votes {
    /// Where the first date stands that only one order allows: for `mdy`, for `dmy`.
    hard: [Option<Place>; 2],
    /// The same for rows whose length only one order allows.
    soft: [Option<Place>; 2],
    /// The first date that means different days in the two orders.
    open: Option<Place>,
    year_last: bool,
}

const YEAR_LAST: [DateOrder; 2] = [DateOrder::Mdy, DateOrder::Dmy];

impl Conventions {
    /// Finds them in `text`; `date_order` is the importer's word, which stands.
    pub(super) fn find(
        text: &str,
        columns: &Columns,
        date_order: Option<DateOrder>,
    ) -> Result<Self, FileRefusal> {
        let mut votes = Votes::default();
        let mut times_are_marked = false;
        if columns.source != ImportSource::Vibesheets {
            let mut records = Records::new(text, columns.delimiter);
            records.next();
            while let Some((line, record)) = records.next() {
                votes.count(line, columns, record);
                times_are_marked |= [Column::StartTime, Column::EndTime]
                    .iter()
                    .any(|time| TimeCell::read(columns.cell(record, *time)).is_some_and(TimeCell::is_marked));
            }
        }
        let date_order = date_order.map_or_else(|| votes.decide(columns), Ok)?;
        Ok(Self { date_order, times_are_marked })
    }
}

impl Votes {
    fn count(&mut self, line: u64, columns: &Columns, record: &StringRecord) {
        let place = |column: Column| Place { line, column, value: columns.cell(record, column).to_owned() };
        for column in [Column::StartDate, Column::EndDate] {
            let Some(cell) =
                DateCell::read(columns.cell(record, column)).filter(|cell| !cell.is_year_first())
            else {
                continue;
            };
            self.year_last = true;
            match YEAR_LAST.map(|order| cell.in_order(order)) {
                [Some(_), None] => vote(&mut self.hard[0], || place(column)),
                [None, Some(_)] => vote(&mut self.hard[1], || place(column)),
                [Some(mdy), Some(dmy)] if mdy != dmy => vote(&mut self.open, || place(column)),
                _ => {}
            }
        }
        match YEAR_LAST.map(|order| is_plausible(columns, record, order)) {
            [Some(true), Some(false)] => vote(&mut self.soft[0], || place(Column::StartDate)),
            [Some(false), Some(true)] => vote(&mut self.soft[1], || place(Column::StartDate)),
            _ => {}
        }
    }

    fn decide(&self, columns: &Columns) -> Result<DateOrder, FileRefusal> {
        if !self.year_last {
            return Ok(DateOrder::Ymd);
        }
        match [self.hard.each_ref(), self.soft.each_ref()] {
            [[Some(mdy), Some(dmy)], _] | [[None, None], [Some(mdy), Some(dmy)]] => {
                Err(mixed(columns, mdy, dmy))
            }
            [[Some(_), None], _] | [[None, None], [Some(_), None]] => Ok(DateOrder::Mdy),
            [[None, Some(_)], _] | [[None, None], [None, Some(_)]] => Ok(DateOrder::Dmy),
            [[None, None], [None, None]] => match &self.open {
                Some(place) => Err(ambiguous(columns, place)),
                None => Ok(DateOrder::Dmy),
            },
        }
    }
}

fn vote(first: &mut Option<Place>, place: impl FnOnce() -> Place) {
    if first.is_none() {
        *first = Some(place());
    }
}

/// Whether the row's length can be right in `order`; `None` where it does not tell.
fn is_plausible(columns: &Columns, record: &StringRecord, order: DateOrder) -> Option<bool> {
    let local = |date, time| -> Option<DateTime> {
        let date = DateCell::read(columns.cell(record, date))?.in_order(order)?;
        Some(date.to_datetime(TimeCell::read(columns.cell(record, time))?.time(false).ok()?))
    };
    let start = local(Column::StartDate, Column::StartTime)?;
    let end = local(Column::EndDate, Column::EndTime)?;
    let seconds = end.duration_since(start).as_secs();
    Some(match written_duration(columns, record) {
        Some(written) => (seconds - written.seconds).abs() <= CLOCK_CHANGES + written.slack,
        None => (-CLOCK_CHANGES..=LONGEST_ENTRY_SECONDS + CLOCK_CHANGES).contains(&seconds),
    })
}

/// The duration in the column that has one; the exact one first.
pub(super) fn written_duration(columns: &Columns, record: &StringRecord) -> Option<Duration> {
    [Column::Duration, Column::DurationDecimal]
        .iter()
        .find_map(|column| Duration::read(columns.cell(record, *column)))
}

fn mixed(columns: &Columns, mdy: &Place, dmy: &Place) -> FileRefusal {
    let (first, other) = if mdy.line <= dmy.line { (mdy, dmy) } else { (dmy, mdy) };
    FileRefusal {
        code: RefusalCode::MixedDateOrders,
        line: Some(first.line),
        column: columns.name(first.column).map(str::to_owned),
        detail: format!(
            "“{}” and “{}” on line {} cannot be in the same order; say which order is right (date_order=mdy or dmy), and \
             the rows that do not fit it are refused one by one",
            first.value, other.value, other.line
        ),
    }
}

fn ambiguous(columns: &Columns, place: &Place) -> FileRefusal {
    FileRefusal {
        code: RefusalCode::AmbiguousDateOrder,
        line: Some(place.line),
        column: columns.name(place.column).map(str::to_owned),
        detail: format!(
            "“{}” may be month/day or day/month, and nothing in the file tells; say which (date_order=mdy or dmy)",
            place.value
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(rows: &[[&str; 5]]) -> Result<DateOrder, (RefusalCode, Option<u64>)> {
        let mut text = "Start date,Start time,End date,End time,Duration,User\n".to_owned();
        for row in rows {
            text.push_str(&row.join(","));
            text.push('\n');
        }
        let columns = Columns::find(&text, None).expect("a header");
        Conventions::find(&text, &columns, None)
            .map(|found| found.date_order)
            .map_err(|refusal| (refusal.code, refusal.line))
    }

    const OPEN: [&str; 5] = ["01/02/2024", "09:00", "01/02/2024", "10:00", "1:00:00"];

    #[test]
    fn one_date_that_fits_one_order_decides_for_the_file() {
        assert_eq!(order(&[OPEN, ["03/13/2024", "", "", "", ""]]), Ok(DateOrder::Mdy));
        assert_eq!(order(&[OPEN, ["13/03/2024", "", "", "", ""]]), Ok(DateOrder::Dmy));
        assert_eq!(order(&[["2024-01-02", "", "", "", ""]]), Ok(DateOrder::Ymd));
        assert_eq!(order(&[]), Ok(DateOrder::Ymd));
    }

    #[test]
    fn impossible_dates_do_not_vote() {
        assert_eq!(
            order(&[["13/15/2024", "", "", "", ""], OPEN]),
            Err((RefusalCode::AmbiguousDateOrder, Some(3)))
        );
    }

    #[test]
    fn a_night_tells_the_order_where_no_date_does() {
        let night = ["01/02/2024", "22:00", "02/02/2024", "06:00", "8:00:00"];
        assert_eq!(order(&[OPEN, night]), Ok(DateOrder::Dmy));
        let without_duration = ["05/06/2024", "22:00", "05/07/2024", "06:00", ""];
        assert_eq!(order(&[OPEN]), Err((RefusalCode::AmbiguousDateOrder, Some(2))));
        // As day/month it would last a month; too long by a day for July, not for June: both orders stay possible.
        assert_eq!(order(&[without_duration]), Err((RefusalCode::AmbiguousDateOrder, Some(2))));
    }

    #[test]
    fn a_file_of_two_orders_is_refused_and_dates_that_are_the_same_either_way_are_fine() {
        let contradiction = [["03/13/2024", "", "", "", ""], ["13/03/2024", "", "", "", ""]];
        assert_eq!(order(&contradiction), Err((RefusalCode::MixedDateOrders, Some(2))));
        assert_eq!(order(&[["05/05/2024", "09:00", "05/05/2024", "10:00", ""]]), Ok(DateOrder::Dmy));
    }
}
