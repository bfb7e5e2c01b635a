//! A requested change without a body: deleting, restoring, undoing.

use axum::extract::{FromRequest, Request};
use vibesheets_core::{Reason, actions::Command};

use super::{body, command_of};
use crate::{ApiState, problem::Problem};

/// A change that is said whole by its method and path.
#[derive(Debug)]
pub struct BareChange(pub Command);

impl FromRequest<ApiState> for BareChange {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &ApiState) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = body::read(&parts.headers, body).await?;
        if !bytes.is_empty() {
            return Err(Problem::invalid_field(
                "",
                Reason::new("body_not_expected", "This takes no body; send none."),
            ));
        }
        command_of(state, &parts, &bytes).map(Self)
    }
}
