//! Decisions about tags.

use super::*;
use crate::actions::example::{directory, tag};

const FIRST: TagId = TagId::from_bytes([1; 16]);
const NEW: TagId = TagId::from_bytes([9; 16]);

fn label(text: &str) -> Label {
    Label::new(text).expect("a label")
}

#[test]
fn a_label_is_taken_once_without_regard_to_letter_case() {
    let mut directory = directory();
    directory.tags = vec![tag(1, "Night"), tag(2, "Travel")];
    assert!(matches!(created(&directory, NEW, &label("night")), Err(Refusal::Duplicate(_))));
    let to = |text| TagEdit { name: Some(label(text)), ..Default::default() };
    assert!(matches!(edited(&directory, FIRST, 1, &to("TRAVEL")), Err(Refusal::Duplicate(_))));
    let decided = edited(&directory, FIRST, 1, &to("NIGHT")).expect("its own name in other letters");
    assert_eq!((&*decided.after.name, decided.after.version, decided.changes.len()), ("NIGHT", 2, 1));
}

#[test]
fn a_stale_edit_is_refused_and_one_that_changes_nothing_leaves_no_record() {
    let mut directory = directory();
    directory.tags = vec![tag(1, "Night")];
    let same = TagEdit { archived: Some(false), ..Default::default() };
    assert_eq!(edited(&directory, FIRST, 2, &same), Err(Refusal::Stale { current: 1 }));
    assert_eq!(edited(&directory, FIRST, 1, &same), Ok(Decided::unchanged(tag(1, "Night"))));
    assert_eq!(edited(&directory, NEW, 1, &same), Err(Refusal::NotFound("tag")));
}
