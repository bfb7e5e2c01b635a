//! The people, projects, tags and notes that the files are about. Chosen to be awkward.

/// A person as the export names them. The e-mail address tells people apart: two share a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) group: &'static str,
}

const PEOPLE: &[(&str, &str, &str)] = &[
    ("Zoë Müller-Österreicher", "zoe.mueller@example.com", "Werkstatt"),
    ("O'Brien, Seán", "sean.obrien@example.com", ""),
    ("Анна Петрова", "anna.petrova@example.com", "Field staff"),
    ("مريم الحسيني", "maryam@example.org", "Field staff"),
    ("Ignacio \"Nacho\" Ruiz", "nacho@example.org", ""),
    ("李小龍", "lee@example.com", "Werkstatt"),
    ("Alex Kim", "alex.kim@example.com", ""),
    ("Alex Kim", "a.kim.two@example.org", "Field staff"),
];

const GIVEN: &[&str] =
    &["Ada", "Björn", "Chidi", "Dvořák", "Elif", "Fatima", "Grzegorz", "Hồng", "Ines", "José"];
const FAMILY: &[&str] =
    &["Okafor", "Nowak", "Ström", "Yılmaz", "Lindner", "Fernández", "Novák", "Nguyễn", "Weiß"];

/// At least the awkward eight, then as many ordinary people as asked for.
pub(crate) fn people(count: usize) -> Vec<Person> {
    let awkward =
        PEOPLE.iter().map(|&(name, email, group)| Person { name: name.into(), email: email.into(), group });
    let ordinary = (PEOPLE.len()..count).map(|number| Person {
        name: format!("{} {} {number}", GIVEN[number % GIVEN.len()], FAMILY[number % FAMILY.len()]),
        email: format!("person{number}@example.net"),
        group: "",
    });
    awkward.chain(ordinary).collect()
}

/// A project of a client; the rate is what an hour costs, in cents.
#[derive(Debug)]
pub(crate) struct Project {
    pub(crate) name: &'static str,
    pub(crate) client: &'static str,
    pub(crate) rate_cents: i64,
}

pub(crate) const PROJECTS: &[Project] = &[
    Project { name: "Website", client: "Acme Inc.", rate_cents: 9500 },
    // The same name under another client: two projects, unless the file does not name clients.
    Project { name: "Website", client: "Müller, Söhne & \"Partner\"", rate_cents: 11_000 },
    Project { name: "Migration 2.0; phase 3", client: "Acme Inc.", rate_cents: 12_050 },
    Project { name: "Wartung", client: "Stadtwerke Groß-Enzersdorf", rate_cents: 8000 },
    Project { name: "مشروع الترجمة", client: "شركة النور", rate_cents: 6500 },
    Project { name: "Intern", client: "", rate_cents: 0 },
    Project { name: "設計レビュー", client: "株式会社サンプル", rate_cents: 10_000 },
    Project { name: "=Formula & Co", client: "@home", rate_cents: 7777 },
];

pub(crate) const TASKS: &[&str] = &["", "", "", "Design", "Entwicklung", "Review, zweite Runde"];

pub(crate) const TAG_SETS: &[&[&str]] = &[
    &[],
    &[],
    &[],
    &["urgent"],
    &["remote", "Überstunden"],
    &["außen", "🚲"],
    &["Backend", "pair-programming", "v2"],
];

/// Notes of an ordinary day.
pub(crate) const NOTES: &[&str] = &[
    "Daily stand-up",
    "Review of the quarterly figures",
    "Telefonat mit dem Kunden",
    "Bug 4711: rounding in the invoice",
    "",
    "Приёмка и тестирование",
    "Vorbereitung der Schulung, Teil 2",
    "Deploy & smoke test",
];

/// Notes that have broken importers, spreadsheets and pages.
pub(crate) const AWKWARD_NOTES: &[&str] = &[
    "=SUM(A1:A9)",
    "=HYPERLINK(\"https://example.com\",\"click\")",
    "+43 1 234567 Rückruf",
    "-5 % Rabatt prüfen",
    "@channel stand-up",
    "'=1+1 with its apostrophe",
    "🦀🧪 Prüfstand läuft 👩‍👩‍👧‍👦",
    "مراجعة العقد مع العميل (نسخة ٢)",
    "פגישה עם הצוות - v2",
    "日本語のメモ：設計レビュー",
    "deutsche „Anführung“ – Größe ≠ Große",
    "comma, semicolon; and \"quotes\", \"\" too",
    "\"",
    "'",
    "e\u{301} is not é to every comparison",
    "NULL",
    "2024-02-29",
    "01:30:00",
    "Yes",
    "<script>alert(1)</script>",
    "'); DROP TABLE entries;--",
    "C:\\temp\\new \\N \\\"",
    "a note of many words a note of many words a note of many words a note of many words a note of many words \
     a note of many words a note of many words a note of many words a note of many words a note of many words",
];

/// Notes over several lines, for the tools and settings that export them.
pub(crate) const NOTES_OF_SEVERAL_LINES: &[&str] = &[
    "first line\nsecond line",
    "to do:\n- call, then \"write\"\n- =invoice; done",
    "one\n\nthree, after an empty line",
    "line that looks like a row\n\"x\",\"y\",\"z\"\n01/01/2024,09:00:00 AM",
];
