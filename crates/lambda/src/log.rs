//! The log: JSON lines on standard error, which Lambda takes to CloudWatch.

use std::io;

use tracing::level_filters::LevelFilter;

/// Writes the log from now on. Lines are written at once: Lambda may freeze the process after each answer.
pub fn begin() {
    tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_max_level(LevelFilter::INFO)
        .with_target(false)
        // It would tell of a failed write to standard error on standard error, and panic where that fails too.
        .log_internal_errors(false)
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .init();
}
