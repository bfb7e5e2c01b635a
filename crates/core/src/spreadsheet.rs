//! Cells that a spreadsheet would run as a formula (CWE-1236).

use std::borrow::Cow;

/// Puts an apostrophe before a cell that a spreadsheet would run. [`restored`] takes it away again; a cell that
/// already has apostrophes before such a sign gets one more, so that nothing is lost on the way.
pub fn neutralised(cell: &str) -> Cow<'_, str> {
    if runs_behind_apostrophes(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// The cell that [`neutralised`] made this of.
pub fn restored(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if runs_behind_apostrophes(rest) => rest,
        _ => cell,
    }
}

fn runs_behind_apostrophes(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_text_after_neutralising_and_itself_after_the_round_trip() {
        for cell in ["=1+1", "+49 30", "-", "@SUM(A1)", "\tx", "\rx", "'=1", "''-2"] {
            assert!(neutralised(cell).starts_with('\''), "{cell}");
            assert_eq!(restored(&neutralised(cell)), cell);
        }
    }

    #[test]
    fn other_cells_stay_as_they_are() {
        for cell in ["", "note", "'tis", "'", "1-2", "''"] {
            assert_eq!(neutralised(cell), cell);
            assert_eq!(restored(cell), cell);
        }
    }
}
