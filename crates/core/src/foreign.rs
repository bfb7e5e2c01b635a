//! Words out of files that anybody may have made, for a terminal.

use std::fmt::Display;

/// More says nothing more.
const MOST_CHARACTERS: usize = 200;

/// `words` on one line without anything that a terminal takes for a command, and cut.
pub(crate) fn shown(words: impl Display) -> String {
    let words = words.to_string();
    let mut shown = String::new();
    for (place, character) in words.chars().enumerate() {
        if place == MOST_CHARACTERS {
            shown.push('…');
            break;
        }
        if character.is_control() {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
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
        assert_eq!(shown("x".repeat(1000)).chars().count(), 201);
    }
}
