//! Words out of files that anybody may have made, for a terminal.

use std::fmt::Display;

/// More says nothing more.
const MOST_CHARACTERS: usize = 200;

/// Unicode's marks, embeddings, overrides and isolates of direction (UAX #9).
const TURNS: [char; 12] = [
    '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
    '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
];

/// `words` as [`plain`], and cut.
pub(crate) fn shown(words: impl Display) -> String {
    let words = words.to_string();
    match words.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => format!("{}…", plain(&words[..end])),
        None => plain(words),
    }
}

/// `words` on one line without anything that a terminal takes for a command or that turns the order of what follows.
pub(crate) fn plain(words: impl Display) -> String {
    let mut plain = String::new();
    for character in words.to_string().chars() {
        if character.is_control() || TURNS.contains(&character) {
            plain.extend(character.escape_default());
        } else {
            plain.push(character);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_told_nothing_and_what_is_long_is_cut() {
        assert_eq!(
            shown("\u{1b}[2Jwhole\nand\u{9b}1mwell – 9 °C"),
            "\\u{1b}[2Jwhole\\nand\\u{9b}1mwell – 9 °C"
        );
        assert_eq!(plain("is\u{202e}elohw"), "is\\u{202e}elohw");
        assert_eq!(shown("x".repeat(1000)).chars().count(), 201);
        assert_eq!(plain("x".repeat(1000)).chars().count(), 1000);
    }
}
