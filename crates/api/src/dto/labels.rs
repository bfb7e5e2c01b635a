//! Labels in one text.

use vibesheets_core::Label;

/// Separated by a comma; a label that holds a comma or a backslash has a backslash before each, so that no two sets of
/// labels are the same text.
pub fn joined(labels: &[Label]) -> String {
    let escaped = |label: &Label| label.replace('\\', "\\\\").replace(',', "\\,");
    labels.iter().map(escaped).collect::<Vec<_>>().join(", ")
}
