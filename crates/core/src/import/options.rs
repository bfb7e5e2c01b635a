//! How a file is to be read, and what to do about overlaps.

use serde::{Deserialize, Serialize, Serializer};

use super::ImportSource;
use crate::time::Zone;

/// What the importer says about a file; what they leave out is found in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOptions {
    /// The tool that wrote it; found from the header where `None`.
    pub source: Option<ImportSource>,
    /// Where the clocks of its local times stood.
    pub time_zone: Zone,
    /// The order of day, month and year; found from the whole file where `None`.
    pub date_order: Option<DateOrder>,
}

/// The order of day, month and year in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// `2024-12-31`
    Ymd,
    /// `12/31/2024`
    Mdy,
    /// `31/12/2024`
    Dmy,
}

impl DateOrder {
    /// Its name in URLs and ids.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ymd => "ymd",
            Self::Mdy => "mdy",
            Self::Dmy => "dmy",
        }
    }
}

/// What stands between two cells; written as that character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
}

impl Delimiter {
    /// Every delimiter, the likeliest first.
    pub const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    /// The byte in the file.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

impl Serialize for Delimiter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_char(char::from(self.byte()))
    }
}

/// What happens to a row that shares time with another row of the same person or with an entry that is there (I2).
/// Of two rows the one that starts earlier stands, then the one that comes first in the file; an entry always stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverlapPolicy {
    /// It is refused: somebody should look at it.
    #[default]
    Refuse,
    /// It is left out: that is known and wanted.
    Skip,
    /// It is cut to its longest part that is free.
    Trim,
}

impl OverlapPolicy {
    /// Its name in URLs and ids.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::Skip => "skip",
            Self::Trim => "trim",
        }
    }
}
