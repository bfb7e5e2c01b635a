//! Where a database is.

use std::{fmt, path::PathBuf, str::FromStr};

/// Where a database is: `sqlite:PATH` or `sqlite::memory:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A file; made where there is none, in a folder that exists.
    File(PathBuf),
    /// Private to the store that opens it, and gone with it. It is a file in the system's folder for temporary files,
    /// so that whatever is tried on it behaves as on any other file; only its syncs are left out.
    Memory,
}

/// The text is not the URL of an SQLite database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the URL of an SQLite database such as sqlite:./data/vibesheets.db or sqlite::memory:")]
pub struct InvalidLocation(String);

impl FromStr for Location {
    type Err = InvalidLocation;

    fn from_str(url: &str) -> Result<Self, InvalidLocation> {
        match url.strip_prefix("sqlite:") {
            Some(":memory:") => Ok(Self::Memory),
            Some(path) if !path.is_empty() => Ok(Self::File(path.into())),
            _ => Err(InvalidLocation(url.to_owned())),
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "sqlite:{}", path.display()),
            Self::Memory => f.write_str("sqlite::memory:"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_names_a_file_or_memory() {
        assert_eq!("sqlite::memory:".parse(), Ok(Location::Memory));
        assert_eq!("sqlite:./data/x.db".parse(), Ok(Location::File("./data/x.db".into())));
        for other in ["", "sqlite:", "./data/x.db", "dynamodb:vibesheets"] {
            assert!(other.parse::<Location>().is_err(), "{other}");
        }
    }
}
