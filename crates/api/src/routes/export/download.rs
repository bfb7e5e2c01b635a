//! A file of entries.

use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::Deserialize;
use tokio_util::io::ReaderStream;
use vibesheets_core::{
    ClientId, ProjectId, Reason, UploadId,
    actions::reports::{TimeFilter, Whose, export},
    time::{Date, DateRange, Instant, Zone},
};

use crate::{
    ApiState,
    auth::Authenticated,
    dto::CivilDate,
    export::{ExportError, ExportFormat, Names, spool},
    extract::Query,
    problem::Problem,
    routes::{checkpoint::signed, timesheets::WhoseTime},
    transfers::{Download, TransferPlace},
};

/// Carries a checkpoint beside a file of any kind, in base64.
const CHECKPOINT_HEADER: &str = "vibesheets-checkpoint";

/// Which entries, and what kind of file.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    #[param(inline)]
    format: ExportFormat,
    /// The first work date; the earliest there is where absent.
    #[param(value_type = Option<String>, format = Date)]
    start_date: Option<CivilDate>,
    /// The last work date; the latest there is where absent.
    #[param(value_type = Option<String>, format = Date)]
    end_date: Option<CivilDate>,
    /// Another member's, or `all`: for managers and above. The caller's own where absent.
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

/// A file of entries
///
/// Each entry with its exact seconds; they sum to the total of the timesheet of the same filters.
#[utoipa::path(
    get,
    path = "/export",
    operation_id = "export",
    tag = "export",
    params(ExportQuery),
    responses(
        (
            status = 200,
            description = "The file, and in `vibesheets-checkpoint` a signed checkpoint in base64, where the server has a key; \
                           workbooks and JSON also hold it.",
            content(
                (Vec<u8> = "text/csv"),
                (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                (serde_json::Value = "application/json"),
            ),
        ),
        (
            status = 303,
            description = "The file is too large for an answer of this server, and to be fetched for five minutes where \
                           `Location` says.",
        ),
    ),
)]
pub async fn download(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Query(query): Query<ExportQuery>,
) -> Result<Response, Problem> {
    let earliest = || Zone::utc().date_at(Instant::EARLIEST);
    let latest = || Zone::utc().date_at(Instant::LATEST);
    let range = DateRange {
        first: query.start_date.map_or_else(earliest, |date| date.0),
        last: query.end_date.map_or_else(latest, |date| date.0),
    };
    let whose = query.member_id.into();
    let filter = TimeFilter { range, whose, project: query.project_id, client: query.client_id };
    let entries = export(state.context(), &caller, &filter).await?;
    let directory = state.store.load_directory(&caller.scope()).await?;
    let names = directory.map(Names::from).ok_or_else(|| Problem::not_found("organisation"))?;
    // Everybody's heads would not fit beside the file: the organisation's own proves them up to the last hour.
    let member = match filter.whose {
        Whose::Everyone => None,
        Whose::Own => Some(caller.member.id),
        Whose::Member(member) => Some(member),
    };
    let checkpoint = signed(&state, &caller, member).await?;
    let spooled = spool(entries, query.format, names, checkpoint.clone()).await?;
    let name = file_name(query.start_date, query.end_date, query.format);
    let file = Download {
        file: spooled.file,
        bytes: spooled.bytes,
        content_type: query.format.content_type(),
        content_disposition: format!("attachment; filename=\"{name}\""),
    };
    let mut response = match &state.transfers {
        Some(transfers) if file.bytes > transfers.longest_answer_bytes() => {
            let id = UploadId::generate(state.time.now(), &*state.random);
            elsewhere(&transfers.put_download(TransferPlace::of(&caller, id), file).await?)?
        }
        _ => sent(file),
    };
    if let Some(note) = checkpoint {
        let note = HeaderValue::try_from(BASE64_STANDARD.encode(note)).map_err(Problem::internal)?;
        response.headers_mut().insert(CHECKPOINT_HEADER, note);
    }
    Ok(response)
}

/// Browsers and clients that follow redirects get the file without knowing where it was.
fn elsewhere(link: &str) -> Result<Response, Problem> {
    let location = HeaderValue::try_from(link).map_err(Problem::internal)?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response())
}

fn file_name(first: Option<CivilDate>, last: Option<CivilDate>, format: ExportFormat) -> String {
    let part = |date: Option<Date>| date.map(|date| format!("-{date}")).unwrap_or_default();
    format!(
        "vibesheets{}{}.{}",
        part(first.map(|date| date.0)),
        part(last.map(|date| date.0)),
        format.extension()
    )
}

fn sent(file: Download) -> Response {
    let stream = ReaderStream::with_capacity(tokio::fs::File::from_std(file.file), 64 * 1024);
    let mut response = Response::new(Body::from_stream(stream));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.content_type));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(file.bytes));
    if let Ok(disposition) = HeaderValue::try_from(file.content_disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

impl From<ExportError> for Problem {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Store(error) => error.into(),
            ExportError::TooManyRows => {
                Self::invalid_field("/format", Reason::new("too_many_rows", error.to_string()))
            }
            ExportError::Write(_) => Self::unavailable(error),
        }
    }
}
