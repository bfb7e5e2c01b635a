//! What a typed entry says.

use serde::Deserialize;
use utoipa::ToSchema;
use vibesheets_core::{
    Labels, Note, ProjectId,
    actions::{FieldError, entries::EntryRequest},
    time::Zone,
};

use crate::{dto::PointInTime, problem::Problem};

/// An entry as somebody typed it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryBody {
    /// With an offset, or without one where `time_zone` settles what it means.
    #[schema(value_type = String, format = DateTime, example = "2026-03-28T22:00:00+01:00")]
    pub(super) start: PointInTime,
    /// As `start`. Null only for an open entry that stays open.
    #[schema(value_type = Option<String>, format = DateTime, example = "2026-03-29T06:00:00+02:00", required)]
    pub(super) end: Option<PointInTime>,
    /// Where the member's clock stood (IANA); their own zone, or what the entry says already, where absent.
    #[schema(value_type = Option<String>, example = "Europe/Vienna")]
    pub(super) time_zone: Option<Zone>,
    /// What it was spent on.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub(super) project_id: Option<ProjectId>,
    /// Up to 3,000 characters.
    #[serde(default)]
    #[schema(value_type = String, max_length = 3000)]
    pub(super) note: Note,
    /// Up to 20 labels of up to 60 characters.
    #[serde(default)]
    #[schema(value_type = Vec<String>, max_items = 20)]
    pub(super) tags: Labels,
    /// Whether somebody pays for it; the project's habit, or what the entry says already, where absent.
    pub(super) billable: Option<bool>,
}

impl EntryBody {
    /// Whether it takes a zone to know what it says.
    pub(super) fn needs_zone(&self) -> bool {
        let local = |time: Option<PointInTime>| matches!(time, Some(PointInTime::Local(_)));
        self.time_zone.is_none() && (local(Some(self.start)) || local(self.end))
    }

    /// With local times read in its own zone, or in `zone`.
    pub(super) fn request(self, zone: &Zone) -> Result<EntryRequest, Problem> {
        let zone = self.time_zone.as_ref().unwrap_or(zone);
        let start = self.start.resolve(zone, "/start");
        let end = self.end.map(|end| end.resolve(zone, "/end")).transpose();
        let (start, end) = match (start, end) {
            (Ok(start), Ok(end)) => (start, end),
            (start, end) => {
                let errors: Vec<FieldError> = start.err().into_iter().chain(end.err()).collect();
                return Err(Problem::invalid(errors));
            }
        };
        Ok(EntryRequest {
            start,
            end,
            time_zone: self.time_zone,
            project_id: self.project_id,
            note: self.note,
            tags: self.tags,
            billable: self.billable,
        })
    }
}
