//! Files that can be read, with single rows that cannot stand.

use super::{BadCell, Blame, Malformed, TOGGL_HEADING, VIENNA, clockify, lines, toggl, toggl_row};
use crate::variant::Tool;

pub(super) fn all() -> Vec<Malformed> {
    vec![
        impossible_date(),
        impossible_leap_day(),
        impossible_times(),
        absurd_years(),
        span_of_a_year(),
        end_before_start(),
        contradicting_duration(),
        unreadable_durations(),
        skipped_local_time(),
        repeated_local_time(),
        nobody(),
        rows_of_other_lengths(),
        nul_bytes(),
        five_megabyte_cell(),
    ]
}

const START_DATE: &[&str] = &["Start Date", "Start date"];
const START_TIME: &[&str] = &["Start Time", "Start time"];
const SPAN: &[&str] = &[
    "Start Date",
    "Start Time",
    "End Date",
    "End Time",
    "Duration (h)",
    "Start date",
    "Start time",
    "End date",
    "End time",
    "Duration",
];
const DURATION: &[&str] = &["Duration (h)", "Duration"];
const SOUND: &str = "2024-03-25|09:00:00|2024-03-25|10:00:00|01:00:00";

fn faulty(
    name: &'static str,
    about: &'static str,
    tool: Tool,
    bytes: Vec<u8>,
    cells: &[(u64, &'static [&'static str])],
    sound_rows: usize,
) -> Malformed {
    let cells = cells.iter().map(|&(line, columns)| BadCell { line, columns }).collect();
    Malformed {
        name,
        about,
        tool: Some(tool),
        time_zone: VIENNA,
        bytes,
        blame: Blame::Cells(cells),
        sound_rows,
    }
}

/// `13/15/2024` among dates that are certainly day first.
pub fn impossible_date() -> Malformed {
    let bytes = clockify(&[
        "25/03/2024|09:00:00|25/03/2024|10:00:00|01:00:00",
        "13/15/2024|09:00:00|13/15/2024|10:00:00|01:00:00",
        "26/03/2024|09:00:00|26/03/2024|10:00:00|01:00:00",
    ]);
    faulty(
        "impossible-date",
        "13/15/2024 is no date in any order",
        Tool::Clockify,
        bytes,
        &[(3, START_DATE)],
        2,
    )
}

/// 2023 has no 29 February.
pub fn impossible_leap_day() -> Malformed {
    let bytes = toggl(&["2023-02-29|09:00:00|2023-02-29|10:00:00|01:00:00", SOUND]);
    faulty("impossible-leap-day", "2023-02-29 does not exist", Tool::Toggl, bytes, &[(2, START_DATE)], 1)
}

/// Hours and minutes that no clock shows.
pub fn impossible_times() -> Malformed {
    let bytes = clockify(&[
        "25/03/2024|09:00:00 AM|25/03/2024|10:00:00 AM|01:00:00",
        "26/03/2024|13:05:00 PM|26/03/2024|02:05:00 PM|01:00:00",
        "27/03/2024|09:60:00 AM|27/03/2024|11:00:00 AM|01:00:00",
        "28/03/2024|nine|28/03/2024|10:00:00 AM|01:00:00",
        "29/03/2024||29/03/2024|10:00:00 AM|01:00:00",
    ]);
    let cells = [(3, START_TIME), (4, START_TIME), (5, START_TIME), (6, START_TIME)];
    faulty("impossible-times", "13 o'clock PM, minute 60, a word, nothing", Tool::Clockify, bytes, &cells, 1)
}

/// The first and the last year that four digits can say.
pub fn absurd_years() -> Malformed {
    let bytes = toggl(&[
        "0001-01-01|00:00:00|0001-01-01|01:00:00|01:00:00",
        "9999-12-31|23:00:00|9999-12-31|23:59:59|00:59:59",
        SOUND,
    ]);
    faulty("absurd-years", "years 0001 and 9999", Tool::Toggl, bytes, &[(2, SPAN), (3, SPAN)], 1)
}

/// 8,760 hours in one go, consistent in itself.
pub fn span_of_a_year() -> Malformed {
    let bytes = toggl(&["2022-01-01|00:00:00|2023-01-01|00:00:00|8760:00:00", SOUND]);
    faulty("span-of-a-year", "one span of 8,760 hours", Tool::Toggl, bytes, &[(2, SPAN)], 1)
}

/// The end lies before the start, with and without a negative length.
pub fn end_before_start() -> Malformed {
    let bytes = toggl(&[
        "2024-03-26|10:00:00|2024-03-26|09:00:00|01:00:00",
        "2024-03-27|10:00:00|2024-03-27|09:00:00|-01:00:00",
        SOUND,
    ]);
    faulty(
        "end-before-start",
        "the end lies before the start",
        Tool::Toggl,
        bytes,
        &[(2, SPAN), (3, SPAN)],
        1,
    )
}

/// 09:00 to 10:00 is not two hours, and on no night of the clock change.
pub fn contradicting_duration() -> Malformed {
    let bytes = toggl(&["2024-03-26|09:00:00|2024-03-26|10:00:00|02:00:00", SOUND]);
    faulty("contradicting-duration", "one hour that claims to be two", Tool::Toggl, bytes, &[(2, SPAN)], 1)
}

/// Lengths that are no lengths, where only the length could tell the end.
pub fn unreadable_durations() -> Malformed {
    let heading = TOGGL_HEADING.replace("End date,End time,", "");
    let rows = ["one hour", "01:60:00", "", "-00:30:00", "1e3", "99999999999999999999:00:00"]
        .iter()
        .enumerate()
        .map(|(number, duration)| toggl_row(&format!("2024-04-{:02}|09:00:00|{duration}", number + 1)))
        .chain([toggl_row("2024-04-08|09:00:00|01:00:00")]);
    let cells: Vec<_> = (2..8).map(|line| (line, DURATION)).collect();
    let bytes = lines(&heading, rows);
    faulty("unreadable-durations", "no End columns, and lengths that are none", Tool::Toggl, bytes, &cells, 1)
}

/// 02:30 on the night when the clock in Vienna jumps from 02:00 to 03:00.
pub fn skipped_local_time() -> Malformed {
    let bytes = toggl(&[
        "2024-03-31|02:30:00|2024-03-31|04:00:00|01:30:00",
        "2024-03-30|22:00:00|2024-03-31|02:30:00|04:30:00",
        SOUND,
    ]);
    faulty(
        "skipped-local-time",
        "02:30 does not exist that night",
        Tool::Toggl,
        bytes,
        &[(2, SPAN), (3, SPAN)],
        1,
    )
}

/// 02:10 to 02:50 on the night when the clock in Vienna shows that twice: 40 minutes either way.
pub fn repeated_local_time() -> Malformed {
    let bytes = toggl(&["2024-10-27|02:10:00|2024-10-27|02:50:00|00:40:00", SOUND]);
    faulty(
        "repeated-local-time",
        "02:10 occurs twice, and 40 minutes fit both",
        Tool::Toggl,
        bytes,
        &[(2, SPAN)],
        1,
    )
}

/// Neither a name nor an address.
pub fn nobody() -> Malformed {
    let row =
        toggl_row("2024-03-26|09:00:00|2024-03-26|10:00:00|01:00:00").replace("Zoë,zoe@example.com", ",");
    let bytes = lines(TOGGL_HEADING, [row, toggl_row(SOUND)].into_iter());
    faulty("nobody", "a row of no person", Tool::Toggl, bytes, &[(2, &["User", "Email"])], 1)
}

/// A row that ends before its times, and one with more fields than there are headings.
pub fn rows_of_other_lengths() -> Malformed {
    let long = format!("{},one,more", toggl_row("2024-03-26|09:00:00|2024-03-26|10:00:00|01:00:00"));
    let short = "Zoë,zoe@example.com,Acme,Website".to_owned();
    let bytes = lines(TOGGL_HEADING, [toggl_row(SOUND), short, long].into_iter());
    faulty(
        "rows-of-other-lengths",
        "a row without times, and one too long",
        Tool::Toggl,
        bytes,
        &[(3, &[]), (4, &[])],
        1,
    )
}

/// A NUL byte inside a note, and one inside a time.
pub fn nul_bytes() -> Malformed {
    let note = toggl_row("2024-03-26|09:00:00|2024-03-26|10:00:00|01:00:00").replace("work", "wo\0rk");
    let time = toggl_row("2024-03-27|09:0\0:00|2024-03-27|10:00:00|01:00:00");
    let bytes = lines(TOGGL_HEADING, [note, time, toggl_row(SOUND)].into_iter());
    faulty(
        "nul-bytes",
        "NUL bytes in cells",
        Tool::Toggl,
        bytes,
        &[(2, &["Description"]), (3, START_TIME)],
        1,
    )
}

/// A note of 5 MB: within the size of a file, beyond that of a note.
pub fn five_megabyte_cell() -> Malformed {
    let note =
        toggl_row("2024-03-26|09:00:00|2024-03-26|10:00:00|01:00:00").replace("work", &"x".repeat(5_000_000));
    let bytes = lines(TOGGL_HEADING, [note, toggl_row(SOUND)].into_iter());
    faulty(
        "five-megabyte-cell",
        "a note of 5,000,000 characters",
        Tool::Toggl,
        bytes,
        &[(2, &["Description"])],
        1,
    )
}
