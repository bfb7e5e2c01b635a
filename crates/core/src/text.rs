//! Text that people type: trimmed, bounded, free of control characters. Any script, direction and emoji is fine.

use std::{fmt, ops::Deref};

use serde::{Deserialize, Serialize};

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
    /// Not an e-mail address.
    #[error("must be an e-mail address such as ada@example.com")]
    NotAnEmail,
}

macro_rules! text_type {
    ($($(#[$doc:meta])* $name:ident { longest: $longest:expr, empty: $empty:expr, line_breaks: $line_breaks:expr },)+) => {$(
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
                checked(text, $longest, $empty, $line_breaks).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidText;

            fn try_from(text: String) -> Result<Self, InvalidText> {
                Self::new(&text)
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
    Name { longest: 120, empty: false, line_breaks: false },
    /// A free label on an entry.
    Label { longest: 60, empty: false, line_breaks: false },
    /// What somebody wrote about an entry; may be empty and may have several lines.
    Note { longest: 3000, empty: true, line_breaks: true },
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
        let text = checked(text, Self::LONGEST, false, false)?.to_lowercase();
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
    type Error = InvalidText;

    fn try_from(text: String) -> Result<Self, InvalidText> {
        Self::new(&text)
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

fn checked(text: &str, longest: usize, empty: bool, line_breaks: bool) -> Result<Box<str>, InvalidText> {
    let text = text.trim();
    if text.is_empty() && !empty {
        return Err(InvalidText::Empty);
    }
    // A byte count bounds the character count from above, and is free.
    if text.len() > longest && text.chars().count() > longest {
        return Err(InvalidText::TooLong(longest));
    }
    let refused = |c: char| c.is_control() && !(line_breaks && matches!(c, '\n' | '\r' | '\t'));
    match text.chars().position(refused) {
        Some(position) => Err(InvalidText::ControlCharacter(position)),
        None => Ok(text.into()),
    }
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
