//! An import's report in words: per member and day what comes in, what overlaps, what is refused and why.

use serde_json::Value;

use super::report::{ImportReport, ImportedMember, Overlap, Refused, Rows};
use crate::output::{Table, date_and_time, hours_minutes_seconds, time_of_day};

/// Everything that the report says.
pub(super) fn words(report: &ImportReport) -> String {
    let mut text = format!(
        "{} file, dates as {}, times in {}: {}.\n",
        report.source,
        report.date_order,
        report.time_zone,
        counts(&report.rows)
    );
    for member in &report.members {
        text.push_str(&of_member(member));
    }
    text.push('\n');
    for (what, names) in [
        ("members", &report.new.members),
        ("clients", &report.new.clients),
        ("projects", &report.new.projects),
        ("tags", &report.new.tags),
    ] {
        if !names.is_empty() {
            text.push_str(&format!("New {what}: {}\n", names.join(", ")));
        }
    }
    text.push_str(&overlaps(&report.overlaps));
    text.push_str(&refused(&report.refused));
    text.push_str(&conclusion(report));
    text
}

fn counts(rows: &Rows) -> String {
    let kinds = [
        (rows.ready, "come in"),
        (rows.already_imported, "came in before"),
        (rows.trimmed, "of them shortened"),
        (rows.skipped, "left out"),
        (rows.refused, "refused"),
    ];
    let told: Vec<String> =
        kinds.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    format!(
        "{} rows, {}",
        rows.total,
        if told.is_empty() { "none come in".to_owned() } else { told.join(", ") }
    )
}

fn of_member(member: &ImportedMember) -> String {
    let new = if member.new { " (new)" } else { "" };
    let mut table = Table::new(["DATE", "COMES IN", "THERE ALREADY"]).right(&[1, 2]);
    for day in &member.days {
        let existing = if day.existing_seconds == 0 {
            String::new()
        } else {
            hours_minutes_seconds(day.existing_seconds)
        };
        table.row([day.date.clone(), hours_minutes_seconds(day.seconds), existing]);
    }
    table.row(["total".to_owned(), hours_minutes_seconds(member.seconds), String::new()]);
    format!("\n{}{new}\n{}", member.name, table.render(2))
}

fn overlaps(overlaps: &[Overlap]) -> String {
    if overlaps.is_empty() {
        return String::new();
    }
    let mut table =
        Table::new(["LINE", "MEMBER", "FROM", "TO", "OVERLAPS", "SO IT IS", "LOST"]).right(&[0, 6]);
    for overlap in overlaps {
        let other = match overlap.other_line {
            Some(line) => format!("line {line}"),
            None => "an entry".to_owned(),
        };
        let other_end = overlap.other_end.as_deref().map_or("now".to_owned(), time_of_day);
        table.row([
            overlap.line.to_string(),
            overlap.member.clone(),
            date_and_time(&overlap.start),
            time_of_day(&overlap.end),
            format!("{other}, {} to {other_end}", date_and_time(&overlap.other_start)),
            overlap.resolution.clone(),
            hours_minutes_seconds(overlap.lost_seconds),
        ]);
    }
    let hint = "  --overlaps skip leaves the later row out, --overlaps trim shortens it\n";
    let hint = if overlaps.iter().any(|overlap| overlap.resolution == "refused") { hint } else { "" };
    format!("\nOverlaps\n{}{hint}", table.render(2))
}

fn refused(rows: &[Refused]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut text = "\nRefused\n".to_owned();
    for row in rows {
        let column = match &row.column {
            Some(Value::String(name)) => format!(", {name}"),
            Some(other) => format!(", column {other}"),
            None => String::new(),
        };
        let value = row.value.as_ref().map(|value| format!(" `{value}`")).unwrap_or_default();
        text.push_str(&format!("  line {}{column}{value}: {}\n", row.line, row.detail));
    }
    text
}

fn conclusion(report: &ImportReport) -> String {
    let total = hours_minutes_seconds(report.total_seconds);
    match (&report.import_id, report.dry_run) {
        (_, true) => format!("\nNothing was changed; {total} would come in. Add --apply to bring it in.\n"),
        (Some(id), false) => {
            format!("\n{total} came in. `vibesheets imports undo {id}` takes all of it out again.\n")
        }
        (None, false) => format!("\n{total} came in.\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(dry_run: bool) -> ImportReport {
        serde_json::from_value(serde_json::json!({
            "import_id": "0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42", "source": "toggl", "dry_run": dry_run,
            "time_zone": "Europe/Vienna", "date_order": "ymd", "delimiter": ",",
            "rows": {"total": 5, "ready": 3, "already_imported": 1, "refused": 1, "skipped": 0, "trimmed": 0},
            "members": [{"member_id": null, "name": "Ömer Aksoy", "email": null, "new": true, "seconds": 30_601, "days": [
                {"date": "2026-03-02", "seconds": 27_001, "existing_seconds": 0},
                {"date": "2026-03-03", "seconds": 3_600, "existing_seconds": 7_200},
            ]}],
            "new": {"members": ["Ömer Aksoy"], "projects": ["Website"], "clients": [], "tags": []},
            "overlaps": [{"line": 4, "member": "Ömer Aksoy", "start": "2026-03-02T09:00:00+01:00",
                "end": "2026-03-02T10:00:00+01:00", "other_line": 2, "other_entry_id": null,
                "other_start": "2026-03-02T08:00:00+01:00", "other_end": "2026-03-02T09:30:00+01:00",
                "resolution": "refused", "lost_seconds": 3_600, "date": "2026-03-02"}],
            "refused": [{"line": 5, "column": "Start date", "code": "date", "detail": "is no date", "value": "13/15/2024"}],
            "total_seconds": 30_601,
        }))
        .expect("a report")
    }

    #[test]
    fn a_dry_run_tells_what_would_come_in_what_overlaps_and_what_is_refused() {
        insta::assert_snapshot!(words(&report(true)));
    }

    #[test]
    fn an_import_tells_how_to_undo_it() {
        assert!(words(&report(false)).ends_with(
            "8:30:01 came in. `vibesheets imports undo 0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42` takes all of it out again.\n"
        ));
    }
}
