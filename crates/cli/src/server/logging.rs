//! The log: lines for people in development, JSON elsewhere, both on standard error.

use std::io;

use tracing::level_filters::LevelFilter;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::fmt;

use crate::config::LogFormat;

/// Writes the log from now on, until what is returned is dropped: that writes what is left of it. A second call in the
/// same process changes nothing. Lines that nobody takes for long are dropped, not waited for.
#[must_use = "the log ends with it"]
pub fn begin(format: LogFormat) -> WorkerGuard {
    let (writer, guard) = tracing_appender::non_blocking(io::BufWriter::new(io::stderr()));
    let lines = fmt()
        .with_writer(writer)
        .with_max_level(LevelFilter::INFO)
        .with_target(false)
        // It would tell of a failed write to standard error on standard error, and panic where that fails too.
        .log_internal_errors(false);
    let begun = match format {
        LogFormat::Text => lines.with_ansi(io::IsTerminal::is_terminal(&io::stderr())).compact().try_init(),
        LogFormat::Json => {
            lines.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init()
        }
    };
    if begun.is_err() {
        tracing::debug!("the log had begun before");
    }
    guard
}
