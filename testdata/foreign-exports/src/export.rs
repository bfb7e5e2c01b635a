//! Rows as the tool would write them.

use csv::{QuoteStyle, Terminator, WriterBuilder};
use jiff::civil::DateTime;

use crate::cast::{PROJECTS, Person, Project};
use crate::column::Column;
use crate::span::Span;
use crate::variant::{Clock, DateOrder, Tool, Variant};

/// A span with what the exporting user's wall clock showed.
pub(crate) struct Row<'file> {
    pub(crate) span: &'file Span,
    pub(crate) person: &'file Person,
    pub(crate) start: DateTime,
    pub(crate) end: DateTime,
}

/// The file, and for each row the line on which its record begins.
pub(crate) fn write(variant: &Variant, columns: &[Column], rows: &[Row]) -> (Vec<u8>, Vec<u64>) {
    let mark = if variant.byte_order_mark { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
    let mut writer = WriterBuilder::new()
        .delimiter(variant.delimiter)
        .quote_style(if variant.quotes_every_field { QuoteStyle::Always } else { QuoteStyle::Necessary })
        .terminator(if variant.carriage_returns { Terminator::CRLF } else { Terminator::Any(b'\n') })
        .flexible(variant.short_rows)
        .from_writer(mark);
    let into_memory = "writing into memory does not fail";
    writer.write_record(columns.iter().map(|column| column.heading(variant))).expect(into_memory);
    let (mut lines, mut line, mut counted) = (Vec::with_capacity(rows.len()), 1, 0);
    for (number, row) in rows.iter().enumerate() {
        writer.flush().expect(into_memory);
        let written = writer.get_ref();
        line += written[counted..].iter().filter(|&&byte| byte == b'\n').count() as u64;
        counted = written.len();
        lines.push(line);
        let kept = columns.len() - dropped_fields(variant, number);
        writer
            .write_record(columns[..kept].iter().map(|&column| cell(variant, column, row, number)))
            .expect(into_memory);
    }
    (writer.into_inner().expect(into_memory), lines)
}

/// How many fields at its end this row lacks.
fn dropped_fields(variant: &Variant, number: usize) -> usize {
    if variant.short_rows && number % 5 == 2 { 1 + number % 3 } else { 0 }
}

fn cell(variant: &Variant, column: Column, row: &Row, number: usize) -> String {
    let project: Option<&Project> = row.span.project.map(|index| &PROJECTS[index]);
    let yes_or_no = |yes: bool| if yes { "Yes" } else { "No" }.to_owned();
    match column {
        Column::User => row.person.name.clone(),
        Column::Email => row.person.email.clone(),
        Column::Group => row.person.group.to_owned(),
        Column::Client => project.map_or("", |project| project.client).to_owned(),
        Column::Project => project.map_or("", |project| project.name).to_owned(),
        Column::Task => row.span.task.to_owned(),
        Column::Description => row.span.description.clone(),
        Column::Tags => row.span.tags.join(", "),
        Column::Kind => "Regular".to_owned(),
        Column::Billable => yes_or_no(row.span.billable),
        Column::Invoiced => yes_or_no(number.is_multiple_of(4)),
        Column::InvoiceId if number.is_multiple_of(4) => format!("INV-{:04}", number / 40),
        Column::InvoiceId => String::new(),
        Column::Approval => ["Approved", "Pending", "Unsubmitted"][number % 3].to_owned(),
        Column::ApprovedBy => {
            if number.is_multiple_of(3) { "Zoë Müller-Österreicher" } else { "" }.to_owned()
        }
        Column::StartDate => date(variant.date_order, row.start),
        Column::StartTime => time(variant.clock, row.start),
        Column::EndDate | Column::DateOfCreation => date(variant.date_order, row.end),
        Column::EndTime => time(variant.clock, row.end),
        Column::Duration => duration(variant.clock, row.span.seconds()),
        Column::DurationDecimal => hundredths(rounded(row.span.seconds(), 36)),
        Column::BillableRate => hundredths(rate_cents(row.span, project)),
        Column::Amount => amount(variant, row.span, project),
    }
}

fn date(order: DateOrder, at: DateTime) -> String {
    let (year, month, day) = (at.year(), at.month(), at.day());
    match order {
        DateOrder::YearMonthDay => format!("{year:04}-{month:02}-{day:02}"),
        DateOrder::MonthDayYear => format!("{month:02}/{day:02}/{year:04}"),
        DateOrder::DayMonthYear => format!("{day:02}/{month:02}/{year:04}"),
        DateOrder::DayMonthYearDotted => format!("{day:02}.{month:02}.{year:04}"),
    }
}

fn time(clock: Clock, at: DateTime) -> String {
    let (hour, minute, second) = (at.hour(), at.minute(), at.second());
    match clock {
        Clock::Hours24 => format!("{hour:02}:{minute:02}:{second:02}"),
        Clock::Hours24WithoutSeconds => format!("{hour:02}:{minute:02}"),
        Clock::Hours12 => {
            let half = if hour < 12 { "AM" } else { "PM" };
            let on_dial = if hour % 12 == 0 { 12 } else { hour % 12 };
            format!("{on_dial:02}:{minute:02}:{second:02} {half}")
        }
    }
}

fn duration(clock: Clock, seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match clock {
        Clock::Hours24 | Clock::Hours12 => format!("{hours:02}:{minutes:02}:{rest:02}"),
        Clock::Hours24WithoutSeconds => format!("{hours}:{minutes:02}"),
    }
}

fn rate_cents(span: &Span, project: Option<&Project>) -> i64 {
    project.filter(|_| span.billable).map_or(0, |project| project.rate_cents)
}

fn amount(variant: &Variant, span: &Span, project: Option<&Project>) -> String {
    let cents = rounded(rate_cents(span, project) * span.seconds(), 3600);
    // Toggl leaves the cell empty where nothing is billable; Clockify writes zero.
    if variant.tool == Tool::Toggl && !span.billable { String::new() } else { hundredths(cents) }
}

fn rounded(value: i64, unit: i64) -> i64 {
    (value + unit / 2) / unit
}

fn hundredths(value: i64) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}
