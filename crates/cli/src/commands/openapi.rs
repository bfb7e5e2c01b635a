//! `vibesheets openapi`: the document that the server answers with at `/api/openapi.json`.

use crate::{failure::Failure, output};

pub(super) fn run() -> Result<(), Failure> {
    let document = vibesheets_api::openapi().to_pretty_json().map_err(Failure::internal)?;
    output::print(&format!("{document}\n"))
}
