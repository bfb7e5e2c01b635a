//! What people read: tables, durations, times, and progress of long work.

mod duration;
mod progress;
mod table;
mod wall_clock;

use std::io::{self, Write};

use crate::failure::Failure;

pub use duration::{hours_and_minutes, hours_minutes_seconds};
pub use progress::Progress;
pub use table::Table;
pub use wall_clock::{date_and_time, time_of_day};

/// Writes to standard output.
///
/// # Errors
/// [`Failure`] where nobody reads it any more.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut output = io::stdout().lock();
    output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush())
        .map_err(|error| Failure::refused(format!("standard output: {error}")))
}

/// Writes a line to standard error; where even that is closed there is nobody to tell.
pub fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
