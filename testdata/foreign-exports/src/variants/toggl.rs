//! Toggl Track's detailed report.

use super::{LORD_HOWE, VIENNA};
use crate::column::Column::{self, *};
use crate::variant::{Clock, DateOrder, Tool, Variant};

const TOGGL_COLUMNS: &[Column] = &[
    User,
    Email,
    Client,
    Project,
    Task,
    Description,
    Billable,
    StartDate,
    StartTime,
    EndDate,
    EndTime,
    Duration,
    Tags,
];
const TOGGL_WITHOUT_ENDS: &[Column] =
    &[User, Email, Client, Project, Task, Description, Billable, StartDate, StartTime, Duration, Tags];
const TOGGL_WITH_AMOUNT: &[Column] = &[
    User,
    Email,
    Client,
    Project,
    Task,
    Description,
    Billable,
    StartDate,
    StartTime,
    EndDate,
    EndTime,
    Duration,
    Tags,
    Amount,
];

const PLAIN_TOGGL: Variant = Variant {
    tool: Tool::Toggl,
    name: "plain",
    about: "as Toggl Track writes it: byte order mark, every column, ISO dates",
    time_zone: VIENNA,
    date_order: DateOrder::YearMonthDay,
    clock: Clock::Hours24,
    delimiter: b',',
    byte_order_mark: true,
    carriage_returns: false,
    quotes_every_field: false,
    line_breaks_in_descriptions: false,
    shuffled: false,
    short_rows: false,
    currency: "EUR",
    task_heading: "Task",
    columns: TOGGL_COLUMNS,
};

pub(crate) static TOGGL: &[Variant] = &[
    PLAIN_TOGGL,
    Variant {
        name: "without-mark",
        about: "saved again without its byte order mark",
        byte_order_mark: false,
        ..PLAIN_TOGGL
    },
    Variant {
        name: "without-ends",
        about: "no End columns, as Toggl's own importer takes it",
        columns: TOGGL_WITHOUT_ENDS,
        ..PLAIN_TOGGL
    },
    Variant { name: "shuffled", about: "columns in any order", shuffled: true, ..PLAIN_TOGGL },
    Variant {
        name: "with-amount",
        about: "a money column at the end",
        columns: TOGGL_WITH_AMOUNT,
        ..PLAIN_TOGGL
    },
    Variant {
        name: "shuffled-without-ends",
        about: "columns in any order, no End columns, another zone",
        time_zone: LORD_HOWE,
        shuffled: true,
        columns: TOGGL_WITHOUT_ENDS,
        ..PLAIN_TOGGL
    },
    Variant {
        name: "quoted",
        about: "every field quoted, CR LF, as some workspaces get it",
        quotes_every_field: true,
        carriage_returns: true,
        ..PLAIN_TOGGL
    },
];
