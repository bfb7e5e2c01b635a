//! All imports.

use axum::{extract::State, response::Response};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use vibesheets_core::{ImportId, MemberId, actions::import, import::ImportSource};

use crate::{ApiState, answer, auth::Authenticated, dto::ImportSourceDto, problem::Problem};

/// All imports.
#[derive(Debug, Serialize, ToSchema)]
pub struct Imports {
    /// The newest first.
    imports: Vec<Import>,
}

/// A file that came in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Import {
    #[schema(value_type = String, format = "uuid")]
    id: ImportId,
    /// The tool that wrote the file.
    #[schema(value_type = ImportSourceDto)]
    source: ImportSource,
    /// Its name with whoever sent it.
    file_name: String,
    /// When it began to come in.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// Who imported it.
    #[schema(value_type = String, format = "uuid")]
    member_id: MemberId,
    /// How many entries came in.
    entries: u64,
    /// Their seconds.
    seconds: i64,
    /// When the last of its entries was in; null where it was cut short: send the file again, or undo it.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    finished_at: Option<Timestamp>,
    /// When it was undone.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    undone_at: Option<Timestamp>,
}

/// All imports
///
/// Undone ones too.
#[utoipa::path(
    get,
    path = "/imports",
    operation_id = "list_imports",
    tag = "import",
    responses((status = 200, description = "The imports.", body = Imports)),
)]
pub async fn list(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
) -> Result<Response, Problem> {
    let imports = import::list(state.context(), &caller).await?;
    Ok(answer::json(&Imports { imports: imports.into_iter().map(Import::from).collect() }))
}

impl From<vibesheets_core::Import> for Import {
    fn from(import: vibesheets_core::Import) -> Self {
        Self {
            id: import.id,
            source: import.source,
            file_name: import.file_name,
            created_at: import.created_at,
            member_id: import.member,
            entries: import.entries,
            seconds: import.seconds,
            finished_at: import.finished_at,
            undone_at: import.undone_at,
        }
    }
}
