//! One stretch of somebody's work, as it really was.

use jiff::{SignedDuration, Timestamp};

#[derive(Clone, Debug)]
pub(crate) struct Span {
    /// Why this row is in the file; goes into the sidecar.
    pub(crate) case: &'static str,
    /// Index into the cast's people.
    pub(crate) person: usize,
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    /// Index into the cast's projects.
    pub(crate) project: Option<usize>,
    pub(crate) task: &'static str,
    pub(crate) description: String,
    pub(crate) tags: Vec<&'static str>,
    pub(crate) billable: bool,
}

impl Span {
    pub(crate) fn plain(case: &'static str, person: usize, start: Timestamp, end: Timestamp) -> Self {
        let description = case.to_owned();
        Self {
            case,
            person,
            start,
            end,
            project: None,
            task: "",
            description,
            tags: Vec::new(),
            billable: false,
        }
    }

    pub(crate) fn seconds(&self) -> i64 {
        self.end.duration_since(self.start).as_secs()
    }

    /// Both edges on the minute before, for tools that do not write seconds.
    pub(crate) fn on_whole_minutes(mut self) -> Self {
        for edge in [&mut self.start, &mut self.end] {
            *edge -= SignedDuration::from_secs(edge.as_second().rem_euclid(60));
        }
        self
    }
}
