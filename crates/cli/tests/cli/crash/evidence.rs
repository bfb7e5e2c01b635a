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
    println!("{}", figures.words());
    #[cfg(feature = "proof")]
    written::write(&figures.words());
}

#[cfg(feature = "proof")]
mod written {
    use std::{fs, path::Path, process::Command};

    const TITLE: &str = "## Crash: kill -9 under load";

    /// Puts the section in the place of the one before.
    pub fn write(words: &str) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/EVIDENCE.md");
        let text = fs::read_to_string(&path)
            .unwrap_or_else(|_| "# Evidence\n\nFigures of `make proof`.\n".to_owned());
        let (before, rest) = text.split_once(TITLE).unwrap_or((&text, ""));
        let after = rest.find("\n## ").map_or("", |place| &rest[place + 1..]);
        let told = |program: &str, arguments: &[&str]| {
            let output = Command::new(program).args(arguments).output().expect("it runs");
            String::from_utf8_lossy(&output.stdout).trim().to_owned()
        };
        let (today, commit) = (told("date", &["-u", "+%F"]), told("git", &["rev-parse", "--short", "HEAD"]));
        let section = format!("{}\n\n{TITLE}\n\n{today}, commit {commit}. {words}\n", before.trim_end());
        let text = if after.is_empty() { section } else { format!("{section}\n{after}") };
        fs::write(&path, text).expect("written");
    }
}
