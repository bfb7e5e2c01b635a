//! A report.

use axum::{extract::State, response::Response};
use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap};
use utoipa::ToSchema;
use vibesheets_core::{
    ClientId, ProjectId,
    actions::reports::{ReportKey, ReportRow, TimeFilter, report},
    time::DateRange,
};

use super::keys::ReportKeys;
use crate::{
    ApiState, answer,
    auth::Authenticated,
    dto::{CivilDate, joined},
    extract::Query,
    problem::Problem,
    routes::timesheets::WhoseTime,
};

/// Which time, and how it is grouped.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportQuery {
    /// The first work date.
    #[param(value_type = String, format = Date)]
    start_date: CivilDate,
    /// The last work date; the range spans at most 366 days.
    #[param(value_type = String, format = Date)]
    end_date: CivilDate,
    /// One to three of `date`, `project`, `client`, `member` and `tag`, separated by commas.
    #[param(value_type = String, example = "date,project")]
    group_by: ReportKeys,
    /// Another member's time, or `all`: for managers and above. The caller's own where absent.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    member_id: WhoseTime,
    /// On one project.
    #[param(value_type = Option<String>, format = "uuid")]
    project_id: Option<ProjectId>,
    /// On one client's projects.
    #[param(value_type = Option<String>, format = "uuid")]
    client_id: Option<ClientId>,
}

/// Sums that sum to their total.
#[derive(Debug, Serialize, ToSchema)]
pub struct Report<'a> {
    #[schema(value_type = Vec<ReportRowDto>)]
    rows: Vec<Row<'a>>,
    /// The sum of the rows, and the total of the timesheet of the same filters.
    total_seconds: i64,
}

/// One group's closed seconds. Only what the report is grouped by is present; null where entries have none.
#[derive(ToSchema)]
#[schema(as = ReportRow)]
#[expect(dead_code, reason = "documents what `Row` writes")]
struct ReportRowDto {
    /// The work date.
    #[schema(format = Date)]
    date: Option<String>,
    #[schema(format = "uuid", required = false)]
    project_id: Option<String>,
    #[schema(format = "uuid", required = false)]
    client_id: Option<String>,
    #[schema(format = "uuid", required = false)]
    member_id: Option<String>,
    /// The entry's labels, joined by commas: an entry with two counts once, in the row of both. A comma or backslash
    /// within a label has a backslash before it.
    #[schema(required = false)]
    tag: Option<String>,
    /// The sum.
    #[schema(example = 28800)]
    seconds: i64,
}

/// A report
///
/// An entry counts in exactly one row, so the rows sum to the total, to the second. The open entry counts nothing.
#[utoipa::path(
    get,
    path = "/reports",
    operation_id = "show_report",
    tag = "reports",
    params(ReportQuery),
    responses((status = 200, description = "The sums.", body = Report<'_>)),
)]
pub async fn show(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Query(query): Query<ReportQuery>,
) -> Result<Response, Problem> {
    let filter = TimeFilter {
        range: DateRange { first: query.start_date.0, last: query.end_date.0 },
        whose: query.member_id.into(),
        project: query.project_id,
        client: query.client_id,
    };
    let keys = query.group_by.0;
    let rows = report(state.context(), &caller, &filter, &keys).await?;
    let total_seconds = rows.iter().map(|row| row.seconds).sum();
    let rows = rows.into_iter().map(|row| Row { keys: &keys, row }).collect();
    Ok(answer::json(&Report { rows, total_seconds }))
}

/// Writes the keys that were asked for, and no others.
#[derive(Debug)]
struct Row<'a> {
    keys: &'a [ReportKey],
    row: ReportRow,
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.keys.len() + 1))?;
        for key in self.keys {
            match key {
                ReportKey::Date => map.serialize_entry("date", &self.row.date)?,
                ReportKey::Project => map.serialize_entry("project_id", &self.row.project)?,
                ReportKey::Client => map.serialize_entry("client_id", &self.row.client)?,
                ReportKey::Member => map.serialize_entry("member_id", &self.row.member)?,
                ReportKey::Tags => {
                    let tags = &self.row.tags;
                    map.serialize_entry("tag", &(!tags.is_empty()).then(|| joined(tags)))?;
                }
            }
        }
        map.serialize_entry("seconds", &self.row.seconds)?;
        map.end()
    }
}
