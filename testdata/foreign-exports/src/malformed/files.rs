//! Files that cannot be read at all, or whose dates cannot be told.

use super::{
    Blame, CLOCKIFY_HEADING, Malformed, TOGGL_HEADING, VIENNA, clockify, clockify_row, lines, toggl,
};
use crate::variant::Tool;

pub(super) fn all() -> Vec<Malformed> {
    vec![
        empty(),
        byte_order_mark_only(),
        toggl_heading_only(),
        clockify_heading_only(),
        pdf(),
        html_page(),
        utf_16(),
        latin_1(),
        bank_statement(),
        harvest_heading(),
        missing_column(),
        repeated_column(),
        unterminated_quote(),
        ambiguous_date_order(),
        mixed_date_orders(),
    ]
}

fn unreadable(name: &'static str, about: &'static str, tool: Option<Tool>, bytes: Vec<u8>) -> Malformed {
    Malformed { name, about, tool, time_zone: VIENNA, bytes, blame: Blame::File, sound_rows: 0 }
}

/// No bytes.
pub fn empty() -> Malformed {
    unreadable("empty", "no bytes at all", None, Vec::new())
}

/// Three bytes.
pub fn byte_order_mark_only() -> Malformed {
    unreadable("mark-only", "a byte order mark and nothing after it", None, "\u{feff}".into())
}

/// A report over a month without work.
pub fn toggl_heading_only() -> Malformed {
    let bytes = format!("\u{feff}{TOGGL_HEADING}\n").into_bytes();
    let file = unreadable("toggl-heading-only", "a Toggl heading and no rows", Some(Tool::Toggl), bytes);
    Malformed { blame: Blame::NoRows, ..file }
}

/// A report over a month without work.
pub fn clockify_heading_only() -> Malformed {
    let bytes = CLOCKIFY_HEADING.into();
    let file = unreadable(
        "clockify-heading-only",
        "a Clockify heading, no line end, no rows",
        Some(Tool::Clockify),
        bytes,
    );
    Malformed { blame: Blame::NoRows, ..file }
}

/// The report downloaded in the wrong format.
pub fn pdf() -> Malformed {
    let mut bytes =
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\nstream\n".to_vec();
    bytes.extend((0..=255u8).cycle().take(4096));
    bytes.extend(b"\nendstream\n%%EOF\n");
    unreadable("pdf", "the report as PDF", None, bytes)
}

/// The sign-in page that a download without a session gives.
pub fn html_page() -> Malformed {
    let page = "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Log in, please</title></head>\n<body>\"1\",\"2\"</body></html>\n";
    unreadable("html-page", "a sign-in page saved as CSV", None, page.into())
}

/// A sound file saved by a spreadsheet as "Unicode text".
pub fn utf_16() -> Malformed {
    let text = String::from_utf8(toggl(&["2024-03-25|09:00:00|2024-03-25|10:00:00|01:00:00"]))
        .expect("written as UTF-8");
    let bytes = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    unreadable("utf-16", "a sound Toggl file in UTF-16, little endian", Some(Tool::Toggl), bytes)
}

/// A sound file saved by a spreadsheet in its old default encoding: `ë` is one byte.
pub fn latin_1() -> Malformed {
    let text = String::from_utf8(toggl(&["2024-03-25|09:00:00|2024-03-25|10:00:00|01:00:00"]))
        .expect("written as UTF-8");
    let bytes =
        text.chars().map(|character| u8::try_from(u32::from(character)).expect("Latin-1 only")).collect();
    unreadable("latin-1", "a sound Toggl file in Latin-1, which is not UTF-8", Some(Tool::Toggl), bytes)
}

/// Somebody picked the wrong file.
pub fn bank_statement() -> Malformed {
    let text =
        "Datum;Buchungstext;Betrag;Währung\n25.03.2024;Miete;-900,00;EUR\n26.03.2024;Gehalt;2.500,00;EUR\n";
    unreadable("bank-statement", "a heading that no time tracker writes", None, text.into())
}

/// A tracker whose export holds hours but no start or end.
pub fn harvest_heading() -> Malformed {
    let text = "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,Invoiced?,Approved?,First Name,Last Name,Roles,\
                Employee?,Billable Rate,Billable Amount,Cost Rate,Cost Amount,Currency,External Reference URL\n\
                2024-03-25,Acme,Website,,Design,work,\"1,50\",Yes,No,No,Zoë,Müller,,Yes,0,0,0,0,EUR,\n";
    unreadable("harvest-heading", "Harvest's detailed time, neither Toggl nor Clockify", None, text.into())
}

/// `Start Time` is not there.
pub fn missing_column() -> Malformed {
    let heading = CLOCKIFY_HEADING.replace("\"Start Time\",", "");
    let row = clockify_row("25/03/2024|25/03/2024|10:00:00|01:00:00");
    let bytes = lines(&heading, std::iter::once(row));
    unreadable("missing-column", "no Start Time column", Some(Tool::Clockify), bytes)
}

/// `Start Date` stands twice, with two different dates under it.
pub fn repeated_column() -> Malformed {
    let heading = CLOCKIFY_HEADING.replace("\"Start Date\",", "\"Start Date\",\"Start Date\",");
    let row = clockify_row("25/03/2024|26/03/2024|09:00:00|25/03/2024|10:00:00|01:00:00");
    let bytes = lines(&heading, std::iter::once(row));
    unreadable("repeated-column", "two Start Date columns that disagree", Some(Tool::Clockify), bytes)
}

/// The quote that opens on line 3 never closes: a download that broke off.
pub fn unterminated_quote() -> Malformed {
    let mut bytes = clockify(&["25/03/2024|09:00:00|25/03/2024|10:00:00|01:00:00"]);
    bytes.extend(b"\"Website\",\"Acme\",\"broke off here, 26/03/2024");
    unreadable("unterminated-quote", "the last row breaks off inside quotes", Some(Tool::Clockify), bytes)
}

/// Every date reads as a day of March, or as the 3rd of some month; nothing in the file settles which.
pub fn ambiguous_date_order() -> Malformed {
    let bytes = clockify(&[
        "03/04/2024|09:00:00|03/04/2024|10:00:00|01:00:00",
        "03/05/2024|09:00:00|03/05/2024|12:30:00|03:30:00",
        "03/06/2024|09:00:00|03/06/2024|17:00:00|08:00:00",
        "03/12/2024|09:00:00|03/12/2024|17:00:00|08:00:00",
    ]);
    let file =
        unreadable("ambiguous-date-order", "every day and month is at most 12", Some(Tool::Clockify), bytes);
    Malformed { blame: Blame::DateOrder { column: "Start Date" }, sound_rows: 4, ..file }
}

/// One row is certainly day first, another certainly month first.
pub fn mixed_date_orders() -> Malformed {
    let bytes = clockify(&[
        "25/03/2024|09:00:00|25/03/2024|10:00:00|01:00:00",
        "03/26/2024|09:00:00|03/26/2024|10:00:00|01:00:00",
    ]);
    unreadable("mixed-date-orders", "no one date order fits both rows", Some(Tool::Clockify), bytes)
}

#[cfg(test)]
mod tests {
    use super::super::toggl_row;
    use super::*;

    #[test]
    fn rows_have_as_many_fields_as_their_heading() {
        let when = "2024-03-25|09:00:00|2024-03-25|10:00:00|01:00:00";
        assert_eq!(clockify_row(when).matches("\",\"").count(), CLOCKIFY_HEADING.matches("\",\"").count());
        assert_eq!(toggl_row(when).matches(',').count(), TOGGL_HEADING.matches(',').count());
    }
}
