//! A place for a large file.

use axum::{extract::State, response::Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use vibesheets_core::{
    Reason, UploadId,
    actions::import::LARGEST_FILE,
    policy::{Action, Target},
};

use super::file;
use crate::{
    ApiState,
    answer::Reply,
    answer::answered,
    auth::Authenticated,
    extract::Json,
    problem::{Code, Problem},
    transfers::{TransferPlace, UPLOAD_LINK_LASTS},
};

/// The file that is going to be left.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UploadBody {
    /// Its length: the link takes a file of exactly that.
    #[schema(minimum = 1, maximum = 33_554_432)]
    bytes: u64,
}

/// Where to leave it, by `PUT`.
#[derive(Debug, Serialize, ToSchema)]
pub struct UploadOffer {
    /// Names the file: `POST /import?upload=ID`.
    #[schema(value_type = String, format = "uuid")]
    id: UploadId,
    /// The address. Whoever has it can leave the file.
    #[schema(format = "uri")]
    url: String,
    /// Headers that have to be sent along.
    headers: BTreeMap<String, String>,
    /// Until when the link takes it.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// A place for a large file
///
/// Where a server takes only small bodies, it offers a link that takes the file; `POST /import?upload=ID` then imports it. 404
/// where the server has no such place: it takes the file itself, of any size up to 32 MiB. A link lasts 15 minutes.
#[utoipa::path(
    post,
    path = "/import/uploads",
    operation_id = "offer_upload",
    tag = "import",
    request_body = UploadBody,
    responses((status = 201, description = "The link.", body = UploadOffer)),
)]
pub async fn offer(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Json(body): Json<UploadBody>,
) -> Result<Response, Problem> {
    caller.authorize(Action::Import, Target::Organisation)?;
    let transfers = state.transfers.as_ref().ok_or_else(none_here)?;
    if body.bytes == 0 {
        return Err(Problem::invalid_field(
            "/bytes",
            Reason::new("empty", "is 0: there is nothing to import"),
        ));
    }
    if body.bytes > LARGEST_FILE as u64 {
        return Err(file::too_large());
    }
    let now = state.time.now();
    let id = UploadId::generate(now, &*state.random);
    let link = transfers.upload_link(TransferPlace::of(&caller, id), body.bytes).await?;
    let offer = UploadOffer { id, url: link.url, headers: link.headers, expires_at: now + UPLOAD_LINK_LASTS };
    answered(Reply::created_without_location().json(&offer))
}

fn none_here() -> Problem {
    Problem::new(
        Code::NotFound,
        "This server takes files of any size directly: send the file itself to /api/import.",
    )
}
