//! One member.

use axum::{extract::State, response::Response};
use vibesheets_core::{MemberId, actions::members::find_member};

use crate::{ApiState, answer, auth::Authenticated, dto::MemberDto, extract::Id, problem::Problem};

/// A member
#[utoipa::path(
    get,
    path = "/members/{id}",
    operation_id = "show_member",
    tag = "members",
    params(("id" = String, Path, format = "uuid")),
    responses((status = 200, description = "The member.", body = MemberDto, headers(("etag" = String)))),
)]
pub async fn show(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Id(id): Id<MemberId>,
) -> Result<Response, Problem> {
    let (member, sign_in) = find_member(state.context(), &caller, id).await?;
    Ok(answer::versioned(member.version, &MemberDto::new(&member, sign_in)))
}
