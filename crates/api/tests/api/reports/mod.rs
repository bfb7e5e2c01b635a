//! `GET /reports`

mod bad_input;
mod sums;

use serde_json::Value;

/// The sum of the rows, each of which has exactly `keys` and the seconds.
#[track_caller]
pub fn sum_of_rows(report: &Value, keys: &[&str]) -> i64 {
    let rows = report["rows"].as_array().expect("rows");
    for row in rows {
        let mut has: Vec<&str> = row.as_object().expect("a row").keys().map(String::as_str).collect();
        let mut expected: Vec<&str> = keys.iter().copied().chain(["seconds"]).collect();
        has.sort_unstable();
        expected.sort_unstable();
        assert_eq!(has, expected);
    }
    rows.iter().map(|row| row["seconds"].as_i64().expect("seconds")).sum()
}
