//! Whole files.

use proptest::prelude::*;

use super::*;
use crate::import::RefusalCode;

fn options() -> ReadOptions {
    ReadOptions { source: None, time_zone: Zone::named("Europe/Vienna").expect("bundled"), date_order: None }
}

fn parsed(text: &str) -> ParsedFile {
    read(text.as_bytes(), &options()).expect("a file that can be read")
}

fn refusals(file: &ParsedFile) -> Vec<(u64, Option<&str>, RefusalCode)> {
    file.refused
        .listed
        .iter()
        .map(|refusal| (refusal.line, refusal.column.as_deref(), refusal.code))
        .collect()
}

const TOGGL: &str = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,Amount (EUR)";

#[test]
fn a_toggl_file_comes_as_it_is_written() {
    let file = parsed(&format!(
        "\u{feff}{TOGGL}\r\nAda,Ada@X.org,ACME,Site,Design,\"Logo, \"\"big\"\"\nand small\",Yes,2026-03-28,22:00:00,2026-03-29,06:00:00,07:00:00,\"b, a,A\",10\r\n\
         Bob,,,,,,No,2026-03-28,09:00:00,2026-03-28,09:00:00,00:00:00,,\r\n"
    ));
    assert_eq!(
        (file.source, file.delimiter, file.date_order),
        (ImportSource::Toggl, Delimiter::Comma, DateOrder::Ymd)
    );
    let row = &file.rows[0];
    assert_eq!(&*row.note, "Design: Logo, \"big\"\nand small");
    assert_eq!(row.end.seconds_since(row.start), 7 * 3600);
    assert_eq!(row.billable, Some(true));
    assert_eq!(row.tags.iter().map(|tag| &*file.tags[*tag as usize]).collect::<Vec<_>>(), ["A", "A", "b"]);
    assert_eq!(file.people[0].email.as_deref(), Some("ada@x.org"));
    assert_eq!(file.projects[0].client.as_deref(), Some("ACME"));
    assert_eq!((file.rows[1].line, file.rows[1].start == file.rows[1].end), (4, true));
    assert_eq!(file.refused.count, 0);
}

#[test]
fn short_clockify_rows_lack_their_last_columns_and_blank_rows_are_none() {
    let file = parsed(
        "Project;User;Start Date;Start Time;End Date;End Time;Duration (h);Duration (decimal);Tags\n\
         P;Ada;12/31/2025;11:30 PM;01/01/2026;12:15 AM;;0,75\n;;;;\n\nP;Ada;01/02/2026;9:00;;;1:00:00\n",
    );
    assert_eq!((file.source, file.date_order), (ImportSource::Clockify, DateOrder::Mdy));
    assert_eq!(file.rows.len(), 1);
    assert_eq!(file.rows[0].end.seconds_since(file.rows[0].start), 2700);
    assert_eq!(refusals(&file), [(5, Some("Start Time"), RefusalCode::AmbiguousTime)]);
}

#[test]
fn each_fault_is_named_by_line_and_column() {
    let row = |cells: &str| format!("{cells}\n");
    let rows = [
        row("Ada,,,,,,,13/15/2024,9:00,,,1:00:00,"),
        row("Ada,,,,,,,2024-01-01,25:00,,,1:00:00,"),
        row("Ada,,,,,,,2024-01-01,9:00:00,2024-01-01,10:00:00,1:00:02,"),
        row("Ada,,,,,,,2024-01-01,9:00:00,2024-01-01,10:00:00,1:00:01,"),
        row("Ada,,,,,,,2024-01-01,9:00,2024-01-01,8:00,1:00:00,"),
        row(",,,,,,,2024-01-01,9:00,,,1:00:00,"),
        row("Ada,ada@,,,,,,2024-01-01,9:00,,,1:00:00,"),
        row("Ada,,,P\u{7},,,,2024-01-01,9:00,,,1:00:00,"),
        row("Ada,,,,,,maybe,2024-01-01,9:00,,,1:00:00,"),
        row("Ada,,,,,,,2024-01-01,9:00,,,1:00:00,,,x"),
        row("Ada,,,,,,,2024-01-01,9:00,,,,"),
        row("Ada,,,,,,,9999-01-01,9:00,,,1:00:00,"),
        row("Ada,,,,,,,,9:00,,,1:00:00,"),
        row(&format!("Ada,,,,,{},,2024-01-01,9:00,,,1:00:00,", "x".repeat(3001))),
        row("Ada,,,,,,,2026-03-29,2:30,,,1:00:00,"),
    ];
    let file = parsed(&format!("{TOGGL}\n{}", rows.concat()));
    let date = Some("Start date");
    let time = Some("Start time");
    assert_eq!(
        refusals(&file),
        [
            (2, date, RefusalCode::ImpossibleDate),
            (3, time, RefusalCode::ImpossibleTime),
            (4, Some("Duration"), RefusalCode::DurationMismatch),
            (6, Some("End time"), RefusalCode::EndBeforeStart),
            (7, Some("User"), RefusalCode::MissingValue),
            (8, Some("Email"), RefusalCode::InvalidEmail),
            (9, Some("Project"), RefusalCode::ControlCharacter),
            (10, Some("Billable"), RefusalCode::InvalidBillable),
            (11, None, RefusalCode::TooManyCells),
            (12, Some("End time"), RefusalCode::MissingEnd),
            (13, date, RefusalCode::OutsideYears),
            (14, date, RefusalCode::MissingValue),
            (15, Some("Description"), RefusalCode::TextTooLong),
            (16, time, RefusalCode::NonexistentLocalTime),
        ]
    );
    assert_eq!(file.refused.listed[0].value.as_deref(), Some("13/15/2024"));
    assert_eq!(file.rows.len(), 1);
}

#[test]
fn our_own_export_comes_back_to_the_second_with_its_formulas() {
    let file = parsed(
        "Member,Email,Client,Project,Note,Tags,Billable,Start,End,Time zone,Work date,Seconds,Source,Entry\n\
         Ada,,,,'=1+1,\"a\\, b, c\\\\\",No,2026-10-25T02:30:00+02:00,2026-10-25T02:30:00+01:00,Europe/Vienna,2026-10-25,3600,clock,0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42\n\
         Ada,,,,,,No,2026-10-26T08:00:00+01:00,,Europe/Vienna,2026-10-26,,clock,\n\
         Ada,,,,,,No,2026-10-26T08:00:00,2026-10-26T09:00:00+01:00,Europe/Vienna,,,,\n\
         Ada,,,,,,No,2026-10-26T08:00:00Z,2026-10-26T09:00:00Z,Europe/Vienna,,60,,\n",
    );
    assert_eq!((file.source, &*file.rows[0].note), (ImportSource::Vibesheets, "=1+1"));
    assert_eq!(file.rows[0].end.seconds_since(file.rows[0].start), 3600);
    assert!(file.rows[0].entry.is_some());
    assert_eq!(file.tags.iter().map(|tag| &**tag).collect::<Vec<_>>(), ["a, b", "c\\"]);
    assert_eq!(
        refusals(&file),
        [
            (3, Some("End"), RefusalCode::MissingEnd),
            (4, Some("Start"), RefusalCode::InvalidInstant),
            (5, Some("Seconds"), RefusalCode::DurationMismatch),
        ]
    );
}

#[test]
fn a_file_whose_quotes_could_melt_rows_into_one_is_not_read() {
    let times = "No,2024-01-01,09:00:00,2024-01-01,10:00:00,01:00:00,";
    let text = format!("{TOGGL}\nAda,,,,,\"open,{times}\nBob,,,,,\"fine\",{times}\n");
    let refusal = read(text.as_bytes(), &options()).expect_err("refused");
    assert_eq!((refusal.code, refusal.line), (RefusalCode::UnbalancedQuotes, Some(3)));
}

#[test]
fn absurdly_long_cells_and_rows_are_refused_and_not_followed() {
    let times = "2024-01-01,9:00,,,1:00:00";
    let refusal = |row: String| parsed(&format!("{TOGGL}\n{row}\n")).refused.listed.remove(0).code;
    let many = |text: &str| text.repeat(1 << 20);
    assert_eq!(refusal(format!("Ada,,,,,,,{times},\"{}\"", many("t,"))), RefusalCode::TooManyTags);
    assert_eq!(refusal(format!("Ada,,,,,,,2024-01-01,9:00,,,{},", many(":"))), RefusalCode::InvalidDuration);
    assert_eq!(refusal(format!("Ada,,,,,,,{},9:00,,,1:00:00,", many("1-"))), RefusalCode::InvalidDate);
    assert_eq!(refusal(format!("{},,,,,,,{times},", many("A"))), RefusalCode::TextTooLong);
    assert_eq!(refusal(format!("Ada,{},,,,,,{times},", many("a@"))), RefusalCode::TextTooLong);
    assert_eq!(refusal(format!("Ada,,,,,,,{times},,{}", many("x,"))), RefusalCode::TooManyCells);
    let header = format!("{TOGGL},{}", many("x,"));
    assert_eq!(read(header.as_bytes(), &options()).expect_err("too wide").code, RefusalCode::UnknownFormat);
}

#[test]
fn breaks_and_absences_are_told_and_never_count_as_work() {
    let row = |kind: &str| format!("Ada,{kind},2024-01-01,9:00,1:00:00\n");
    let kinds = ["Regular", "Break", "BREAK", "Holiday", "Time off", ""];
    let file = parsed(&format!("User,Type,Start date,Start time,Duration\n{}", kinds.map(row).concat()));
    let lines: Vec<u64> = file.rows.iter().map(|row| row.line).collect();
    assert_eq!((file.source, lines), (ImportSource::Clockify, vec![2, 7]));
    let refused: Vec<_> = file.refused.listed.iter().map(|refusal| (refusal.line, refusal.code)).collect();
    let expected = [
        (3, RefusalCode::Break),
        (4, RefusalCode::Break),
        (5, RefusalCode::Absence),
        (6, RefusalCode::Absence),
    ];
    assert_eq!(refused, expected);
    assert_eq!(file.refused.listed[0].column.as_deref(), Some("Type"));
}

#[test]
fn refusals_are_counted_beyond_those_that_are_listed() {
    let rows = "x\n".repeat(MOST_LISTED + 5);
    let file = parsed(&format!("{TOGGL}\n{rows}"));
    assert_eq!((file.refused.count, file.refused.listed.len()), (MOST_LISTED as u64 + 5, MOST_LISTED));
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes, &options());
        let mut with_header = TOGGL.as_bytes().to_vec();
        with_header.push(b'\n');
        with_header.extend(&bytes);
        let _ = read(&with_header, &options());
    }

    #[test]
    fn no_cells_make_the_reader_panic_and_every_row_is_read_or_refused(
        rows in prop::collection::vec(prop::collection::vec("[0-9:/.apmAPM, \u{0}\"=\u{e4}-]{0,12}", 13), 0..8),
    ) {
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let lines: Vec<String> = rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",")).collect();
        let text = format!("{TOGGL}\n{}\n", lines.join("\n"));
        if let Ok(file) = read(text.as_bytes(), &ReadOptions { date_order: Some(DateOrder::Dmy), ..options() }) {
            let blank = rows.iter().filter(|row| row.iter().all(|cell| cell.trim().is_empty())).count();
            prop_assert_eq!(file.rows.len() as u64 + file.refused.count, (rows.len() - blank) as u64);
        } else {
            prop_assert!(false, "a file of sound rows is never refused as a whole");
        }
    }
}
