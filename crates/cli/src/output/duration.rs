//! Durations in words.

/// `7:45`, the seconds cut off.
pub fn hours_and_minutes(seconds: i64) -> String {
    let sign = if seconds < 0 { "-" } else { "" };
    let minutes = seconds.unsigned_abs() / 60;
    format!("{sign}{}:{:02}", minutes / 60, minutes % 60)
}

/// `7:45:30`, for sums that are held against another tool's.
pub fn hours_minutes_seconds(seconds: i64) -> String {
    format!("{}:{:02}", hours_and_minutes(seconds), seconds.unsigned_abs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_hours_minutes_and_seconds() {
        for (seconds, short, long) in [
            (0, "0:00", "0:00:00"),
            (59, "0:00", "0:00:59"),
            (27_930, "7:45", "7:45:30"),
            (-3_661, "-1:01", "-1:01:01"),
        ] {
            assert_eq!(hours_and_minutes(seconds), short);
            assert_eq!(hours_minutes_seconds(seconds), long);
        }
    }
}
