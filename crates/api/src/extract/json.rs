//! A JSON body that changes nothing that could be repeated: signing in and the like.

use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

use super::body;
use crate::{ApiState, problem::Problem};

/// A JSON body.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<ApiState> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &ApiState) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        body::require_json(&parts.headers)?;
        let bytes = body::read(&parts.headers, body).await?;
        body::parse(&bytes).map(Self)
    }
}
