//! Which tool wrote a file.

use serde::{Deserialize, Serialize};

/// Which tool wrote a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportSource {
    /// Toggl Track's detailed CSV.
    Toggl,
    /// Clockify's detailed CSV.
    Clockify,
    /// Our own CSV export.
    Vibesheets,
}

impl ImportSource {
    /// Its name in URLs, files and the journal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Toggl => "toggl",
            Self::Clockify => "clockify",
            Self::Vibesheets => "vibesheets",
        }
    }
}
