//! Each variant has the feature it is named for, and every file its planted cases.

use std::collections::BTreeSet;

use crate::support::records;
use foreign_exports::{Expected, SMALLEST_WITH_EVERY_CASE, Tool, Truth, Variant, generate};

fn file(tool: Tool, name: &str) -> (&'static Variant, String, Truth) {
    let variant = Variant::named(tool, name).unwrap_or_else(|| panic!("no variant {name}"));
    let made = generate(tool, variant, 400, 3);
    (variant, String::from_utf8(made.csv).expect("UTF-8"), made.truth)
}

fn heading(text: &str) -> &str {
    text.trim_start_matches('\u{feff}').lines().next().expect("a heading")
}

const TOGGL: &str = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags";
const CLOCKIFY: &str = r#""Project","Client","Description","Task","User","Group","Email","Tags","Billable","Start Date","Start Time","End Date","End Time","Duration (h)","Duration (decimal)","Billable Rate (USD)","Billable Amount (USD)""#;

#[test]
fn plain_toggl_starts_with_a_byte_order_mark_and_the_known_heading() {
    let (_, text, _) = file(Tool::Toggl, "plain");
    assert!(text.starts_with('\u{feff}'));
    assert_eq!(heading(&text), TOGGL);
    let (_, unmarked, _) = file(Tool::Toggl, "without-mark");
    assert_eq!(unmarked, text.trim_start_matches('\u{feff}'));
}

#[test]
fn toggl_without_ends_shows_no_end_and_leaves_more_rows_ambiguous() {
    let (_, text, truth) = file(Tool::Toggl, "without-ends");
    assert_eq!(heading(&text), TOGGL.replace("End date,End time,", ""));
    assert!(truth.rows.iter().all(|row| row.end_local.is_none()));
    let (_, _, with_ends) = file(Tool::Toggl, "plain");
    assert!(truth.ambiguous_count > with_ends.ambiguous_count);
}

#[test]
fn shuffled_toggl_has_the_same_headings_in_another_order_for_each_seed() {
    let (variant, text, _) = file(Tool::Toggl, "shuffled");
    let again = generate(Tool::Toggl, variant, 10, 4);
    let sorted = |line: &str| line.split(',').map(str::to_owned).collect::<BTreeSet<_>>();
    assert_ne!(heading(&text), TOGGL);
    assert_eq!(sorted(heading(&text)), sorted(TOGGL));
    assert_ne!(heading(&text), heading(&String::from_utf8(again.csv).expect("UTF-8")));
}

#[test]
fn toggl_with_amount_ends_in_money_with_its_currency() {
    let (variant, text, _) = file(Tool::Toggl, "with-amount");
    assert_eq!(heading(&text), format!("{TOGGL},Amount (EUR)"));
    let amounts: Vec<_> =
        records(text.as_bytes(), variant).iter().map(|it| it.cell("Amount (EUR)").to_owned()).collect();
    assert!(amounts.iter().any(String::is_empty) && amounts.iter().any(|amount| amount.contains('.')));
}

#[test]
fn classic_clockify_quotes_every_field_under_the_known_heading() {
    let (_, text, _) = file(Tool::Clockify, "classic");
    assert_eq!(heading(&text), CLOCKIFY);
    assert!(text.lines().all(|line| line.starts_with('"') && line.ends_with('"')));
}

#[test]
fn clockify_columns_come_and_go_with_the_variant() {
    let has = |name, wanted: &str| {
        let (variant, text, _) = file(Tool::Clockify, name);
        assert_eq!(heading(&text).matches("\",\"").count() + 1, variant.headings().len());
        heading(&text).contains(&format!("\"{wanted}\""))
    };
    for added in ["Type", "Invoiced", "Invoice ID", "Date of creation"] {
        assert!(has("newer-columns", added) && !has("classic", added), "{added}");
    }
    assert!(has("activity", "Activity") && !has("activity", "Task"));
    assert!(has("approval", "Approval") && has("approval", "Approved by"));
    assert!(!has("without-client", "Client") && !has("without-billable", "Billable"));
}

#[test]
fn short_rows_lack_one_to_three_fields_and_never_their_times() {
    let (variant, text, _) = file(Tool::Clockify, "short-rows");
    let records = records(text.as_bytes(), variant);
    let lengths: BTreeSet<usize> =
        records.iter().map(|record| variant.headings().len() - record.fields).collect();
    assert_eq!(lengths, BTreeSet::from([0, 1, 2, 3]));
    assert!(records.iter().all(|record| record.get("Duration (h)").is_some()));
}

#[test]
fn dates_and_clocks_are_written_as_the_variant_says() {
    for (name, day, time) in [
        ("month-first-12h", "02/29/2024", "08:00:00 AM"),
        ("month-first-24h", "02/29/2024", "08:00:00"),
        ("day-first-12h", "29/02/2024", "08:00:00 AM"),
        ("day-first-24h", "29/02/2024", "08:00:00"),
        ("iso-12h", "2024-02-29", "08:00:00 AM"),
        ("iso-24h", "2024-02-29", "08:00:00"),
        ("dotted-dates", "29.02.2024", "08:00:00"),
        ("without-seconds", "29/02/2024", "08:00"),
    ] {
        let (variant, text, truth) = file(Tool::Clockify, name);
        let index = truth.rows.iter().position(|row| row.case == "leap day").expect("a leap day");
        let record = &records(text.as_bytes(), variant)[index];
        assert_eq!((record.cell("Start Date"), record.cell("Start Time")), (day, time), "{name}");
    }
}

#[test]
fn twelve_hours_tell_noon_from_midnight() {
    let (_, text, _) = file(Tool::Clockify, "iso-12h");
    assert!(text.contains(r#""2024-06-04","12:00:00 PM","2024-06-04","12:59:59 PM""#));
    assert!(text.contains(r#""2024-06-05","12:00:00 AM","2024-06-05","12:59:59 AM""#));
}

#[test]
fn delimiters_line_ends_and_line_breaks_are_as_the_variant_says() {
    let (_, semicolons, _) = file(Tool::Clockify, "semicolon");
    assert!(heading(&semicolons).contains("\";\"") && !heading(&semicolons).contains("\",\""));
    let (_, returns, _) = file(Tool::Clockify, "carriage-returns");
    assert_eq!(returns.matches("\r\n").count(), 401);
    let (_, breaks, truth) = file(Tool::Clockify, "line-breaks");
    assert!(breaks.lines().count() > 401 && !breaks.contains('\r'));
    assert!(truth.rows.iter().any(|row| row.line != row.record + 1));
}

#[test]
fn everything_has_everything_at_once() {
    let (variant, text, truth) = file(Tool::Clockify, "everything");
    assert!(
        text.starts_with('\u{feff}')
            && text.contains("\";\"")
            && text.contains(" PM\"")
            && text.contains("\r\n")
    );
    assert!(records(text.as_bytes(), variant).iter().any(|record| record.fields < variant.headings().len()));
    assert!(truth.rows.iter().any(|row| row.description.contains('\n')));
}

#[test]
fn every_file_of_the_smallest_full_size_holds_every_case() {
    let mut cases = BTreeSet::new();
    for variant in [Tool::Toggl, Tool::Clockify].into_iter().flat_map(Variant::all) {
        let truth = generate(variant.tool, variant, SMALLEST_WITH_EVERY_CASE, 11).truth;
        let mine: BTreeSet<&str> = truth.rows.iter().map(|row| row.case).collect();
        assert!(
            cases.is_empty() || cases == mine,
            "{}: {:?}",
            variant.name,
            cases.symmetric_difference(&mine)
        );
        cases = mine;
    }
    assert!(cases.len() > 60 && cases.contains("ordinary") && cases.contains("overlaps an ordinary row"));
}

#[test]
fn both_autumn_half_past_twos_are_settled_by_the_length_where_ends_are_shown() {
    let (_, text, truth) = file(Tool::Toggl, "plain");
    let row = |case: &str| truth.rows.iter().find(|row| row.case == case).expect("a planted case");
    let both = row("from the first to the second 02:30");
    assert_eq!(both.start_utc.as_deref(), Some("2022-10-30T00:30:00Z"));
    assert_eq!(both.end_utc.as_deref(), Some("2022-10-30T01:30:00Z"));
    assert_eq!(row("until the first 02:30").end_utc, both.start_utc);
    assert_eq!(row("from the second 02:30").start_utc, both.end_utc);
    assert_eq!(row("night shift over the autumn night").seconds, 9 * 3600);
    assert_eq!(row("night shift over the spring night").seconds, 7 * 3600);
    assert!(text.contains("2022-10-30,02:30:00,2022-10-30,02:30:00,01:00:00"));
    assert!(text.contains("2022-10-30,02:50:00,2022-10-30,02:10:00,00:20:00"));
}

#[test]
fn notes_hold_what_breaks_importers() {
    let (_, _, truth) = file(Tool::Clockify, "line-breaks");
    let any = |wanted: &dyn Fn(&str) -> bool| truth.rows.iter().any(|row| wanted(&row.description));
    for start in ['=', '+', '-', '@', '\''] {
        assert!(any(&|note| note.starts_with(start)), "{start}");
    }
    assert!(
        any(&|note| note.contains('🦀'))
            && any(&|note| note.contains('פ'))
            && any(&|note| note.contains('م'))
    );
    assert!(any(&|note| note.contains("\",\"")) && any(&str::is_empty) && any(&|note| note.contains('\n')));
}

#[test]
fn people_of_one_name_are_told_apart_by_address_and_may_work_at_once() {
    let (_, _, truth) = file(Tool::Clockify, "classic");
    let twins: Vec<_> = truth.rows.iter().filter(|row| row.case == "same name, another address").collect();
    assert_eq!(twins.len(), 2);
    assert_eq!(twins[0].name, twins[1].name);
    assert_ne!(twins[0].email, twins[1].email);
    assert!(twins.iter().all(|row| row.expected == Expected::Accepted));
}
