//! Progress of long work, on standard error where somebody watches it.

use std::{
    io::{self, IsTerminal, Read},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};

/// How often a spinner turns.
const TICK: Duration = Duration::from_millis(120);

/// A bar or a spinner that is gone when the work is done; nothing where standard error is no terminal.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar of `bytes` to send.
    pub fn of_bytes(bytes: u64, what: &'static str) -> Self {
        let bar = if watched() { ProgressBar::new(bytes) } else { ProgressBar::hidden() };
        // The template is a constant that a test renders.
        let style = ProgressStyle::with_template("{msg} {bar:30} {bytes} of {total_bytes}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(what);
        Self(bar)
    }

    /// A bar of things that are counted as they are done.
    pub fn of_count(what: &'static str) -> Self {
        let bar = if watched() { ProgressBar::new(0) } else { ProgressBar::hidden() };
        // The template is a constant that a test renders.
        let style = ProgressStyle::with_template("{msg} {bar:30} {human_pos} of {human_len}, {eta} left");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(what);
        Self(bar)
    }

    /// So many of so many.
    pub fn at(&self, done: u64, all: u64) {
        self.0.set_length(all);
        self.0.set_position(done);
    }

    /// A spinner with words.
    pub fn spinner(what: impl Into<String>) -> Self {
        let bar = if watched() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        bar.set_message(what.into());
        bar.enable_steady_tick(TICK);
        Self(bar)
    }

    /// Other words.
    pub fn say(&self, what: impl Into<String>) {
        self.0.set_message(what.into());
    }

    /// `reader`, counted as it is read.
    pub fn count<R: Read>(&self, reader: R) -> impl Read + use<R> {
        self.0.wrap_read(reader)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn watched() -> bool {
    io::stderr().is_terminal()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_through_a_progress_bar_gives_the_same_bytes() {
        let mut read = Vec::new();
        let progress = Progress::of_bytes(3, "Sending");
        progress.count(&b"abc"[..]).read_to_end(&mut read).expect("bytes in memory");
        assert_eq!(read, b"abc");
    }
}
