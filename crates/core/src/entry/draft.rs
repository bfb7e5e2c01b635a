//! What somebody wants an entry to say.

use serde::{Deserialize, Serialize};

use crate::{
    Label, Note, ProjectId, Reason,
    reason::Carried,
    time::{Instant, Zone},
};

/// What somebody wants an entry to say; the rules between entries are checked against a [`super::Timesheet`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryDraft {
    /// The first second.
    pub start: Instant,
    /// The first second no longer in it; `None` for the open entry.
    pub end: Option<Instant>,
    /// Where the member's clock stood.
    pub time_zone: Zone,
    /// What it was spent on.
    pub project_id: Option<ProjectId>,
    /// What the member wrote about it.
    pub note: Note,
    /// Its labels.
    pub tags: Labels,
    /// Whether somebody pays for it.
    pub billable: bool,
}

/// The labels of an entry: sorted, each once, at most [`Labels::MOST`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Label>", into = "Vec<Label>")]
pub struct Labels(Vec<Label>);

impl TryFrom<Vec<Label>> for Labels {
    type Error = Carried;

    fn try_from(labels: Vec<Label>) -> Result<Self, Carried> {
        Ok(Self::new(labels)?)
    }
}

impl From<Labels> for Vec<Label> {
    fn from(labels: Labels) -> Self {
        labels.0
    }
}

/// More labels than an entry may carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an entry carries at most {} tags", Labels::MOST)]
pub struct TooManyLabels;

impl From<TooManyLabels> for Reason {
    fn from(error: TooManyLabels) -> Self {
        Self::new("too_many_tags", error.to_string()).with("most", Labels::MOST)
    }
}

impl Labels {
    /// The most labels an entry may carry.
    pub const MOST: usize = 20;

    /// Sorts `labels` and keeps each once.
    ///
    /// # Errors
    /// [`TooManyLabels`] above [`Labels::MOST`].
    pub fn new(mut labels: Vec<Label>) -> Result<Self, TooManyLabels> {
        labels.sort();
        labels.dedup();
        if labels.len() > Self::MOST { Err(TooManyLabels) } else { Ok(Self(labels)) }
    }

    /// The labels in their order.
    pub fn as_slice(&self) -> &[Label] {
        &self.0
    }
}
