//! Importing a file.

use axum::{
    extract::{Request, State},
    response::Response,
};
use serde::Deserialize;
use tokio::task::spawn_blocking;
use utoipa::ToSchema;
use vibesheets_core::{
    UploadId,
    actions::{
        import::{ImportRequest, LARGEST_FILE, import},
        once,
    },
    import::{DateOrder, ImportReport, ImportSource, OverlapPolicy},
    policy::{Action, Target},
    time::Zone,
};

use super::{
    file,
    watched::{PATIENCE, watched},
};
use crate::{
    ApiState,
    answer::{Reply, answered},
    auth::Authenticated,
    dto::ImportReportDto,
    extract::{Query, command_of},
    openapi::IdempotencyKey,
    problem::Problem,
    transfers::TransferPlace,
};

/// How the file is to be read, and whether it is to come in.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// Whether nothing is to be written; true where absent.
    #[serde(default = "yes")]
    #[param(required = false)]
    dry_run: bool,
    /// The tool that wrote the file; told from its header where absent or `auto`.
    #[serde(default)]
    #[param(inline, required = false)]
    source: SourceChoice,
    /// Where the clocks of the file's local times stood (IANA): no tool writes that into its file.
    #[param(value_type = String, example = "Europe/Vienna")]
    time_zone: Zone,
    /// The order of day, month and year; told from the whole file where absent or `auto`.
    #[serde(default)]
    #[param(inline, required = false)]
    date_order: DateOrderChoice,
    /// What happens to rows that overlap another or an entry; they are refused where absent.
    #[serde(default)]
    #[param(value_type = OverlapChoice, inline, required = false)]
    overlaps: OverlapPolicy,
    /// The file's name with whoever sends it, for the list of imports.
    #[serde(default)]
    #[param(required = false)]
    file_name: String,
    /// A file that was left before, at a place that `POST /import/uploads` offered; the body is then empty.
    #[param(value_type = Option<String>, format = "uuid")]
    upload: Option<UploadId>,
}

const fn yes() -> bool {
    true
}

#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum SourceChoice {
    #[default]
    Auto,
    Toggl,
    Clockify,
    Vibesheets,
}

#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum DateOrderChoice {
    #[default]
    Auto,
    Ymd,
    Mdy,
    Dmy,
}

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "documents core's type, which knows no OpenAPI")]
enum OverlapChoice {
    Refuse,
    Skip,
    Trim,
}

/// Import a file
///
/// The detailed CSV of Toggl Track or Clockify, or our own CSV export, of at most 32 MiB. A dry run tells what would come in
/// and writes nothing. Rows that are refused never come in and hold up no others. The same file again adds nothing, so that
/// an import that was cut short is completed by sending it again. A dry run keeps no answer. 422 where the file as a whole cannot be read.
#[utoipa::path(
    post,
    path = "/import",
    operation_id = "import",
    tag = "import",
    params(ImportQuery, IdempotencyKey),
    request_body(content = Option<String>, content_type = "text/csv", description = "The file, in UTF-8."),
    responses(
        (status = 200, description = "What would come in.", body = ImportReportDto),
        (status = 201, description = "What came in.", body = ImportReportDto),
    ),
)]
pub async fn upload(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Query(query): Query<ImportQuery>,
    request: Request,
) -> Result<Response, Problem> {
    // Nobody who may not import makes the server read 32 MiB.
    caller.authorize(Action::Import, Target::Organisation)?;
    let (parts, body) = request.into_parts();
    let bytes = match query.upload {
        None => file::read(&parts.headers, body, PATIENCE).await?,
        Some(id) => {
            file::none(body).await?;
            left_before(&state, TransferPlace::of(&caller, id)).await?
        }
    };
    // The digest of 32 MiB takes a moment too, in which nobody else is held up.
    let of = state.clone();
    let named = spawn_blocking(move || command_of(&of, &parts, &bytes).map(|command| (command, bytes)));
    let (command, bytes) = named.await.map_err(Problem::internal)??;
    let reply = if query.dry_run { Reply::ok() } else { Reply::created_without_location() };
    let render = move |report: ImportReport| reply.json(&ImportReportDto::from(report));
    let turn = state.imports.clone().acquire_owned().await.map_err(Problem::unavailable)?;
    let answer = watched(async move |progress| {
        let _turn = turn;
        let context = state.context();
        let request = query.request(&bytes);
        let action = import(context, &caller, command, &request, render, progress);
        once(context, &caller, command, action).await
    });
    answered(answer.await?)
}

/// The file at `place`. What the caller never left, others left, or was left too long ago is told alike.
async fn left_before(state: &ApiState, place: TransferPlace) -> Result<Vec<u8>, Problem> {
    let unknown = || Problem::not_found("upload");
    let transfers = state.transfers.as_ref().ok_or_else(unknown)?;
    transfers.read_upload(place, LARGEST_FILE as u64).await?.ok_or_else(unknown)
}

impl ImportQuery {
    fn request<'a>(&'a self, bytes: &'a [u8]) -> ImportRequest<'a> {
        ImportRequest {
            bytes,
            file_name: &self.file_name,
            source: self.source.into(),
            time_zone: self.time_zone.clone(),
            date_order: self.date_order.into(),
            overlaps: self.overlaps,
            dry_run: self.dry_run,
        }
    }
}

impl From<SourceChoice> for Option<ImportSource> {
    fn from(choice: SourceChoice) -> Self {
        match choice {
            SourceChoice::Auto => None,
            SourceChoice::Toggl => Some(ImportSource::Toggl),
            SourceChoice::Clockify => Some(ImportSource::Clockify),
            SourceChoice::Vibesheets => Some(ImportSource::Vibesheets),
        }
    }
}

impl From<DateOrderChoice> for Option<DateOrder> {
    fn from(choice: DateOrderChoice) -> Self {
        match choice {
            DateOrderChoice::Auto => None,
            DateOrderChoice::Ymd => Some(DateOrder::Ymd),
            DateOrderChoice::Mdy => Some(DateOrder::Mdy),
            DateOrderChoice::Dmy => Some(DateOrder::Dmy),
        }
    }
}
