//! Text that people type: trimmed, bounded, free of control characters. Any script, direction and emoji is fine.

use std::{fmt, ops::Deref};

use serde::{Deserialize, Serialize};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use crate::{Reason, reason::Carried};

/// Why a text is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidText {
    /// Nothing but white space.
    #[error("must not be empty")]
    Empty,
    /// Longer than this many characters.
    #[error("must be at most {0} characters long")]
    TooLong(usize),
    /// Holds a control character at this place, counted in characters from 0.
    #[error("holds a control character at position {0}; remove it")]
    ControlCharacter(usize),
    /// Holds nothing that can be seen.
    #[error("must hold at least one character that can be seen")]
    Invisible,
    /// Turns the direction of what follows, at this place, counted in characters from 0.
    #[error("holds a character at position {0} that turns the direction of the text; remove it")]
    DirectionOverride(usize),
    /// Not an e-mail address.
    #[error("must be an e-mail address such as ada@example.com")]
    NotAnEmail,
}

impl From<InvalidText> for Reason {
    fn from(error: InvalidText) -> Self {
        let detail = error.to_string();
        match error {
            InvalidText::Empty => Self::new("empty", detail),
            InvalidText::TooLong(longest) => Self::new("too_long", detail).with("longest", longest),
            InvalidText::ControlCharacter(at) => Self::new("control_character", detail).with("position", at),
            InvalidText::Invisible => Self::new("invisible", detail),
            InvalidText::DirectionOverride(at) => {
                Self::new("direction_override", detail).with("position", at)
            }
            InvalidText::NotAnEmail => Self::new("not_an_email", detail),
        }
    }
}

macro_rules! text_type {
    ($($(#[$doc:meta])* $name:ident { longest: $longest:expr, use: $use:expr },)+) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Box<str>);

        impl $name {
            /// The most characters it may have.
            pub const LONGEST: usize = $longest;

            /// Trims and checks `text`.
            ///
            /// # Errors
            /// [`InvalidText`] that says what to change.
            pub fn new(text: &str) -> Result<Self, InvalidText> {
                checked(text, $longest, $use).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = Carried;

            fn try_from(text: String) -> Result<Self, Carried> {
                Ok(Self::new(&text)?)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0.into()
            }
        }

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&*self.0, f)
            }
        }
    )+};
}

text_type! {
    /// The name of a person, an organisation, a project or a client.
    Name { longest: 120, use: Use::Name },
    /// A free label on an entry.
    Label { longest: 60, use: Use::Name },
    /// What somebody wrote about an entry; may be empty and may have several lines.
    Note { longest: 3000, use: Use::Note },
}

impl Name {
    /// What somebody is called whose name was erased.
    pub fn erased() -> Self {
        Self("Erased member".into())
    }
}

impl Note {
    /// The note that says nothing.
    pub fn empty() -> Self {
        Self("".into())
    }
}

impl Default for Note {
    fn default() -> Self {
        Self::empty()
    }
}

/// An e-mail address, in lower case so that one mailbox is one account.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(Box<str>);

impl Email {
    /// The longest address that mail can be sent to (RFC 5321, 4.5.3.1.3).
    pub const LONGEST: usize = 254;

    /// Trims, checks the shape and lowers the letters. Whether mail arrives there is for mail to tell.
    ///
    /// # Errors
    /// [`InvalidText`] that says what to change.
    pub fn new(text: &str) -> Result<Self, InvalidText> {
        let text = checked(text, Self::LONGEST, Use::Name)?.to_lowercase();
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidText::NotAnEmail)?;
        let plain = |part: &str| {
            !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || "<>(),;:\"\\[]".contains(c))
        };
        let domain_is_dotted = domain.split('.').all(|label| !label.is_empty() && !label.contains('@'));
        if plain(local) && !local.contains('@') && plain(domain) && domain_is_dotted {
            Ok(Self(text.into()))
        } else {
            Err(InvalidText::NotAnEmail)
        }
    }
}

impl TryFrom<String> for Email {
    type Error = Carried;

    fn try_from(text: String) -> Result<Self, Carried> {
        Ok(Self::new(&text)?)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0.into()
    }
}

impl Deref for Email {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// What a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// Tells one thing from another, on one line with other texts.
    Name,
    /// Stands for itself.
    Note,
}

fn checked(text: &str, longest: usize, purpose: Use) -> Result<Box<str>, InvalidText> {
    let text = text.trim();
    if text.is_empty() && purpose == Use::Name {
        return Err(InvalidText::Empty);
    }
    // A byte count bounds the character count from above, and is free.
    if text.len() > longest && text.chars().count() > longest {
        return Err(InvalidText::TooLong(longest));
    }
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Ok(text.into());
    }
    let control = |c: char| match purpose {
        Use::Name => c.is_control() || matches!(c, LINE_SEPARATOR | PARAGRAPH_SEPARATOR),
        Use::Note => c.is_control() && !matches!(c, '\n' | '\r' | '\t'),
    };
    if let Some(position) = text.chars().position(control) {
        return Err(InvalidText::ControlCharacter(position));
    }
    if purpose == Use::Name {
        if let Some(position) = text.chars().position(turns_direction) {
            return Err(InvalidText::DirectionOverride(position));
        }
        if !text.chars().any(is_visible) {
            return Err(InvalidText::Invisible);
        }
    }
    Ok(text.into())
}

const LINE_SEPARATOR: char = '\u{2028}';
const PARAGRAPH_SEPARATOR: char = '\u{2029}';

/// Embeddings, overrides and isolates (UAX #9, 2.1 to 2.5): they reach into whatever is shown after the name. The marks
/// U+200E, U+200F and U+061C do not, and names in scripts from right to left need them.
const fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether something of the character can be seen where it stands alone.
fn is_visible(c: char) -> bool {
    // Letters and a symbol by their category, blank by their shape: the Hangul fillers and the empty Braille cell.
    if matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{2800}') {
        return false;
    }
    !matches!(
        c.general_category(),
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::SpaceSeparator
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
            | GeneralCategory::NonspacingMark
            | GeneralCategory::EnclosingMark
    ) && !('\u{e0000}'..='\u{e0fff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_and_right_to_left_text_are_fine_and_control_characters_are_not() {
        for text in ["👩‍🚒 night shift", "سلام ‏دنیا", "línea\nsegunda"] {
            assert_eq!(Note::new(text).map(|note| note.to_string()), Ok(text.to_owned()));
        }
        assert_eq!(Note::new("ring\u{7}"), Err(InvalidText::ControlCharacter(4)));
        assert_eq!(Note::new("nul\0"), Err(InvalidText::ControlCharacter(3)));
        assert_eq!(Name::new("two\nlines"), Err(InvalidText::ControlCharacter(3)));
    }

    #[test]
    fn a_name_shows_something_and_turns_no_direction() {
        for name in
            ["Zoë", "سلام \u{200f}دنیا", "👩\u{200d}🚒", "陳", "ᄒ", "◌\u{301}", "🏴\u{e0067}\u{e007f}"]
        {
            assert_eq!(Name::new(name).map(|name| name.to_string()), Ok(name.to_owned()));
        }
        for name in [
            "\u{200b}",
            "\u{2060} \u{feff}",
            "\u{3164}",
            "\u{2800}",
            "\u{301}",
            "\u{e0067}",
            "\u{fe0f}\u{34f}",
        ] {
            assert_eq!(Name::new(name), Err(InvalidText::Invisible), "{name:?}");
            assert_eq!(Label::new(name), Err(InvalidText::Invisible), "{name:?}");
            assert!(Note::new(name).is_ok(), "{name:?}");
        }
        assert_eq!(Name::new("Ada\u{202e}nimda"), Err(InvalidText::DirectionOverride(3)));
        assert_eq!(Name::new("\u{2067}Ada"), Err(InvalidText::DirectionOverride(0)));
        assert_eq!(Name::new("two\u{2028}lines"), Err(InvalidText::ControlCharacter(3)));
        assert!(Note::new("\u{2067}سلام\u{2069}").is_ok());
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert!(Name::new(&"ä".repeat(Name::LONGEST)).is_ok());
        assert_eq!(Name::new(&"ä".repeat(Name::LONGEST + 1)), Err(InvalidText::TooLong(Name::LONGEST)));
        assert_eq!(Name::new("  \t "), Err(InvalidText::Empty));
    }

    #[test]
    fn one_mailbox_is_one_address() {
        assert_eq!(Email::new(" Ada@Example.COM "), Email::new("ada@example.com"));
        for text in
            ["", "ada", "@example.com", "ada@", "a b@example.com", "ada@exam ple", "a@b@c", "ada@.com"]
        {
            assert!(Email::new(text).is_err(), "{text}");
        }
    }
}
