//! A seed stands for bytes.

use foreign_exports::{Tool, Variant, generate};

fn every_variant() -> impl Iterator<Item = &'static Variant> {
    [Tool::Toggl, Tool::Clockify].into_iter().flat_map(Variant::all)
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_the_same_truth() {
    for variant in every_variant() {
        let [one, two] = [0, 1].map(|_| generate(variant.tool, variant, 300, 42));
        assert_eq!(one.csv, two.csv, "{}", variant.name);
        assert_eq!(one.truth, two.truth, "{}", variant.name);
    }
}

#[test]
fn another_seed_gives_other_bytes() {
    for variant in every_variant() {
        let [one, two] = [1, 2].map(|seed| generate(variant.tool, variant, 300, seed));
        assert_ne!(one.csv, two.csv, "{}", variant.name);
    }
}

#[test]
fn every_size_is_exact_from_no_row_to_many_people() {
    let variant = Variant::named(Tool::Clockify, "newer-columns").expect("it exists");
    for rows in [0, 1, 95, 96, 97, 200, 12_000] {
        let made = generate(Tool::Clockify, variant, rows, 5);
        assert_eq!(made.truth.rows.len(), rows);
        assert_eq!(made.csv.iter().filter(|&&byte| byte == b'\n').count(), rows + 1);
    }
    let truth = generate(Tool::Clockify, variant, 12_000, 5).truth;
    let people: std::collections::BTreeSet<&str> = truth.rows.iter().map(|row| row.email.as_str()).collect();
    assert!(people.len() > 15, "{} people", people.len());
    assert!(truth.rows.iter().all(|row| row.work_date.as_str() < "2026-06-01"), "within two years");
}

#[test]
#[should_panic(expected = "is of another tool")]
fn a_variant_of_another_tool_is_refused() {
    generate(Tool::Clockify, &Variant::all(Tool::Toggl)[0], 1, 1);
}

#[test]
fn names_are_unique_within_a_tool() {
    for tool in [Tool::Toggl, Tool::Clockify] {
        let names: std::collections::BTreeSet<&str> =
            Variant::all(tool).iter().map(|variant| variant.name).collect();
        assert_eq!(names.len(), Variant::all(tool).len());
        assert!(names.iter().all(|name| Variant::named(tool, name).is_some()));
    }
}
