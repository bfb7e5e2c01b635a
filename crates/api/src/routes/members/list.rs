//! The members.

use axum::{extract::State, response::Response};
use serde::Serialize;
use utoipa::ToSchema;
use vibesheets_core::actions::members::list_members;

use crate::{ApiState, answer, auth::Authenticated, dto::MemberDto, problem::Problem};

/// The members that the caller may see.
#[derive(Debug, Serialize, ToSchema)]
pub struct Members {
    /// By name, archived ones too.
    members: Vec<MemberDto>,
}

/// The members
///
/// All of them for managers and above, archived ones too; members see themselves.
#[utoipa::path(
    get,
    path = "/members",
    operation_id = "list_members",
    tag = "members",
    responses((status = 200, description = "The members.", body = Members)),
)]
pub async fn list(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
) -> Result<Response, Problem> {
    let members = list_members(state.context(), &caller).await?;
    let members = members.iter().map(|(member, sign_in)| MemberDto::new(member, *sign_in)).collect();
    Ok(answer::json(&Members { members }))
}
