//! The id in a path.

use std::str::FromStr;

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use vibesheets_core::{ClientId, EntryId, ImportId, MemberId, OrganisationId, ProjectId, SessionId, TagId};

use crate::{ApiState, problem::Problem};

/// What an id is the id of, in the words of problems.
pub trait Noun {
    /// Such as `entry`.
    const NOUN: &'static str;
}

macro_rules! nouns {
    ($($id:ident = $noun:literal,)+) => {$(
        impl Noun for $id {
            const NOUN: &'static str = $noun;
        }
    )+};
}

nouns! {
    ClientId = "client",
    EntryId = "entry",
    ImportId = "import",
    MemberId = "member",
    OrganisationId = "organisation",
    ProjectId = "project",
    SessionId = "session",
    TagId = "tag",
}

/// The one id of the path. Text that is no id names nothing: 404, like an unknown or a foreign one.
#[derive(Debug)]
pub struct Id<T>(pub T);

impl<T: FromStr + Noun + Send> FromRequestParts<ApiState> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        let unknown = || Problem::not_found(T::NOUN);
        let params = RawPathParams::from_request_parts(parts, state).await.map_err(|_| unknown())?;
        let text = params.iter().next().map(|(_, text)| text).ok_or_else(unknown)?;
        text.parse().map(Self).map_err(|_| unknown())
    }
}
