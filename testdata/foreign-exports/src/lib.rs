//! Writes the CSV exports of other time trackers, with a sidecar that says what is true about every row.
