//! A timesheet: entries and their sums.

use axum::{extract::State, response::Response};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vibesheets_core::{
    EntryId, ProjectId, Reason,
    actions::{
        as_of::timesheet_as_of,
        reports::{TimeFilter, timesheet},
    },
    store::{EntryCursor, PageRequest},
    time::{DateRange, Instant},
};

use super::WhoseTime;
use crate::{
    ApiState, answer,
    auth::Authenticated,
    dto::{CivilDate, EntryDto},
    extract::Query,
    problem::Problem,
};

const DEFAULT_LIMIT: usize = 100;
const MOST_LIMIT: usize = 1000;

/// Which entries.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TimesheetQuery {
    /// The first work date.
    #[param(value_type = String, format = Date)]
    start_date: CivilDate,
    /// The last work date; the range spans at most 366 days.
    #[param(value_type = String, format = Date)]
    end_date: CivilDate,
    /// Another member's, or `all`: for managers and above. The caller's own where absent.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    member_id: WhoseTime,
    /// One member's entries as they stood at this time, folded from their journal; as they stand now where absent.
    #[param(value_type = Option<String>, format = DateTime)]
    as_of: Option<Timestamp>,
    /// On one project.
    #[param(value_type = Option<String>, format = "uuid")]
    project_id: Option<ProjectId>,
    /// Entries a page: 1 to 1,000, 100 where absent.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A page of entries, with the sums of the whole range.
#[derive(Debug, Serialize, ToSchema)]
pub struct Timesheet {
    /// By start. The open entry is among them and counts nothing.
    entries: Vec<EntryDto>,
    /// Every date of the range.
    days: Vec<DaySeconds>,
    /// The sum of the days.
    total_seconds: i64,
    /// For the next page; null after the last.
    #[schema(required)]
    next_cursor: Option<String>,
}

/// One work date's closed seconds.
#[derive(Debug, Serialize, ToSchema)]
pub struct DaySeconds {
    #[schema(value_type = String, format = Date)]
    date: Date,
    #[schema(example = 28800)]
    seconds: i64,
}

/// A timesheet
///
/// `days` and `total_seconds` are those of the whole range, whatever the page.
#[utoipa::path(
    get,
    path = "/timesheets",
    operation_id = "list_timesheet",
    tag = "timesheets",
    params(TimesheetQuery),
    responses((status = 200, description = "The timesheet.", body = Timesheet)),
)]
pub async fn list(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Query(query): Query<TimesheetQuery>,
) -> Result<Response, Problem> {
    let page = query.page()?;
    let filter = TimeFilter {
        range: DateRange { first: query.start_date.0, last: query.end_date.0 },
        whose: query.member_id.into(),
        project: query.project_id,
        client: None,
    };
    let timesheet = match query.as_of {
        None => timesheet(state.context(), &caller, &filter, &page).await?,
        Some(as_of) => timesheet_as_of(state.context(), &caller, &filter, &page, as_of).await?,
    };
    let days = timesheet.days.iter().map(|day| DaySeconds { date: day.date, seconds: day.seconds }).collect();
    Ok(answer::json(&Timesheet {
        entries: timesheet.page.entries.iter().map(EntryDto::from).collect(),
        days,
        total_seconds: timesheet.total_seconds,
        next_cursor: timesheet.page.next.map(written),
    }))
}

impl TimesheetQuery {
    fn page(&self) -> Result<PageRequest, Problem> {
        let limit = self.limit.unwrap_or(DEFAULT_LIMIT);
        if !(1..=MOST_LIMIT).contains(&limit) {
            return Err(Problem::invalid_field(
                "/limit",
                Reason::new("out_of_range", "must be from 1 to 1000"),
            ));
        }
        let unknown = || {
            Problem::invalid_field(
                "/cursor",
                Reason::new("unknown_cursor", "is not the `next_cursor` of a page"),
            )
        };
        let after = self.cursor.as_deref().map(|cursor| read(cursor).ok_or_else(unknown)).transpose()?;
        Ok(PageRequest { limit, after })
    }
}

/// The start's seconds and the id's bytes, which are opaque to the client.
fn written(cursor: EntryCursor) -> String {
    let mut bytes = [0; 24];
    bytes[..8].copy_from_slice(&cursor.start.unix_seconds().to_be_bytes());
    bytes[8..].copy_from_slice(cursor.id.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

fn read(cursor: &str) -> Option<EntryCursor> {
    let bytes: [u8; 24] = URL_SAFE_NO_PAD.decode(cursor).ok()?.try_into().ok()?;
    let (start, id) = bytes.split_at(8);
    let start = Instant::from_unix_seconds(i64::from_be_bytes(start.try_into().ok()?)).ok()?;
    Some(EntryCursor { start, id: EntryId::from_bytes(id.try_into().ok()?) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_as_it_was_written_and_nothing_else_does() {
        let cursor = EntryCursor { start: Instant::EARLIEST, id: EntryId::from_bytes([7; 16]) };
        assert_eq!(read(&written(cursor)), Some(cursor));
        for text in ["", "x", "AAAA", &"A".repeat(32), &written(cursor)[1..]] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
