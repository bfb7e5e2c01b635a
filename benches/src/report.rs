//! The table of `docs/BENCHMARKS.md`.

use std::fmt::Write;

/// One row: what was measured, against what.
pub struct Row {
    /// What was measured.
    pub what: String,
    /// What it should be.
    pub budget: &'static str,
    /// What it was.
    pub measured: String,
    /// What it is held against, from the same run.
    pub baseline: String,
    /// Whether the budget was met.
    pub met: bool,
}

/// The page.
pub fn page(rows: &[Row], date: &str, commit: &str, cores: usize) -> String {
    let mut page = format!(
        "# Benchmarks\n\n\
         Written by `make bench` on {date} from commit {commit}, on {cores} cores that the load shares with the server. \
         Machines differ and are noisy: compare ratios with the baseline of the same run, not absolute figures.\n\n\
         The store holds 1,200 members and 1.5 million entries of two years, each with its journal record.\n\n\
         | what | budget | measured | baseline, same run | met |\n|---|---|---|---|---|\n"
    );
    for row in rows {
        let met = if row.met { "yes" } else { "**no**" };
        // Writing to a string cannot fail.
        let _ =
            writeln!(page, "| {} | {} | {} | {} | {met} |", row.what, row.budget, row.measured, row.baseline);
    }
    page
}
