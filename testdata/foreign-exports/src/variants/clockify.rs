//! Clockify's detailed report.

use super::{LORD_HOWE, NEW_YORK, VIENNA};
use crate::column::Column::{self, *};
use crate::variant::{Clock, DateOrder, Tool, Variant};

const CLOCKIFY_COLUMNS: &[Column] = &[
    Project,
    Client,
    Description,
    Task,
    User,
    Group,
    Email,
    Tags,
    Billable,
    StartDate,
    StartTime,
    EndDate,
    EndTime,
    Duration,
    DurationDecimal,
    BillableRate,
    Amount,
];
const CLOCKIFY_NEWER: &[Column] = &[
    Project,
    Client,
    Description,
    Task,
    User,
    Group,
    Email,
    Tags,
    Kind,
    Billable,
    Invoiced,
    InvoiceId,
    StartDate,
    StartTime,
    EndDate,
    EndTime,
    Duration,
    DurationDecimal,
    BillableRate,
    Amount,
    DateOfCreation,
];
const CLOCKIFY_APPROVED: &[Column] = &[
    Project,
    Client,
    Description,
    Task,
    User,
    Group,
    Email,
    Tags,
    Billable,
    Approval,
    ApprovedBy,
    StartDate,
    StartTime,
    EndDate,
    EndTime,
    Duration,
    DurationDecimal,
    BillableRate,
    Amount,
];
const CLOCKIFY_WITHOUT_CLIENT: &[Column] = &[
    Project,
    Description,
    Task,
    User,
    Group,
    Email,
    Tags,
    Billable,
    StartDate,
    StartTime,
    EndDate,
    EndTime,
    Duration,
    DurationDecimal,
    BillableRate,
    Amount,
];
const CLOCKIFY_WITHOUT_BILLABLE: &[Column] = &[
    Project,
    Client,
    Description,
    Task,
    User,
    Group,
    Email,
    Tags,
    StartDate,
    StartTime,
    EndDate,
    EndTime,
    Duration,
    DurationDecimal,
    BillableRate,
    Amount,
];
const CLOCKIFY_EVERYTHING: &[Column] = &[
    Project,
    Client,
    Description,
    Task,
    User,
    Group,
    Email,
    Tags,
    Kind,
    Billable,
    Invoiced,
    InvoiceId,
    Approval,
    ApprovedBy,
    StartDate,
    StartTime,
    EndDate,
    EndTime,
    Duration,
    DurationDecimal,
    BillableRate,
    Amount,
    DateOfCreation,
];

const CLASSIC: Variant = Variant {
    tool: Tool::Clockify,
    name: "classic",
    about: "every classic column quoted, month first, 12 hours",
    time_zone: VIENNA,
    date_order: DateOrder::MonthDayYear,
    clock: Clock::Hours12,
    delimiter: b',',
    byte_order_mark: false,
    carriage_returns: false,
    quotes_every_field: true,
    line_breaks_in_descriptions: false,
    shuffled: false,
    short_rows: false,
    currency: "USD",
    task_heading: "Task",
    columns: CLOCKIFY_COLUMNS,
};

const DAY_FIRST: Variant =
    Variant { date_order: DateOrder::DayMonthYear, clock: Clock::Hours24, currency: "EUR", ..CLASSIC };
const ISO: Variant =
    Variant { date_order: DateOrder::YearMonthDay, clock: Clock::Hours24, currency: "EUR", ..CLASSIC };

pub(crate) static CLOCKIFY: &[Variant] = &[
    CLASSIC,
    Variant {
        name: "newer-columns",
        about: "with Type, Invoiced, Invoice ID and Date of creation",
        columns: CLOCKIFY_NEWER,
        ..DAY_FIRST
    },
    Variant {
        name: "activity",
        about: "a workspace that calls tasks activities",
        task_heading: "Activity",
        ..ISO
    },
    Variant {
        name: "approval",
        about: "with Approval and Approved by",
        columns: CLOCKIFY_APPROVED,
        ..CLASSIC
    },
    Variant {
        name: "without-client",
        about: "no Client column",
        columns: CLOCKIFY_WITHOUT_CLIENT,
        ..DAY_FIRST
    },
    Variant {
        name: "without-billable",
        about: "no Billable column",
        columns: CLOCKIFY_WITHOUT_BILLABLE,
        ..CLASSIC
    },
    Variant {
        name: "short-rows",
        about: "some rows lack their last one to three fields",
        short_rows: true,
        ..CLASSIC
    },
    Variant {
        name: "month-first-24h",
        about: "12/31/2024, 17:05:09",
        clock: Clock::Hours24,
        time_zone: NEW_YORK,
        ..CLASSIC
    },
    Variant {
        name: "month-first-12h",
        about: "12/31/2024, 05:05:09 PM, in New York",
        time_zone: NEW_YORK,
        ..CLASSIC
    },
    Variant { name: "day-first-24h", about: "31/12/2024, 17:05:09", ..DAY_FIRST },
    Variant {
        name: "day-first-12h",
        about: "31/12/2024, 05:05:09 PM, where the clock changes by half an hour",
        clock: Clock::Hours12,
        time_zone: LORD_HOWE,
        ..DAY_FIRST
    },
    Variant { name: "iso-24h", about: "2024-12-31, 17:05:09", ..ISO },
    Variant { name: "iso-12h", about: "2024-12-31, 05:05:09 PM", clock: Clock::Hours12, ..ISO },
    Variant {
        name: "semicolon",
        about: "semicolons between fields, as spreadsheets in much of Europe save it",
        delimiter: b';',
        ..DAY_FIRST
    },
    Variant {
        name: "line-breaks",
        about: "line breaks, commas and quotes inside descriptions",
        line_breaks_in_descriptions: true,
        ..CLASSIC
    },
    Variant { name: "carriage-returns", about: "rows end in CR LF", carriage_returns: true, ..DAY_FIRST },
    Variant {
        name: "without-seconds",
        about: "times 17:05 and durations 1:05, as newer files have them (seen in public samples)",
        clock: Clock::Hours24WithoutSeconds,
        columns: CLOCKIFY_NEWER,
        ..DAY_FIRST
    },
    Variant {
        name: "dotted-dates",
        about: "31.12.2024 (seen in public samples)",
        date_order: DateOrder::DayMonthYearDotted,
        ..DAY_FIRST
    },
    Variant {
        name: "everything",
        about: "all of it at once: mark, semicolons, CR LF, line breaks, short rows, Activity, approval, 12 hours",
        byte_order_mark: true,
        delimiter: b';',
        carriage_returns: true,
        line_breaks_in_descriptions: true,
        short_rows: true,
        task_heading: "Activity",
        clock: Clock::Hours12,
        columns: CLOCKIFY_EVERYTHING,
        ..DAY_FIRST
    },
];
