//! Headers that many endpoints take, for their documentation.

use utoipa::IntoParams;

/// For `params(…)` of every change that [`crate::extract::Change`] or [`crate::extract::BareChange`] takes.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IdempotencyKey {
    /// A UUID made by the client for this change. Sent again with the same request it gives the first answer again
    /// and changes nothing more; with another request it is refused. Made by the server where absent.
    #[param(rename = "Idempotency-Key", format = "uuid", required = false)]
    #[expect(dead_code, reason = "documents a header that an extractor reads")]
    key: String,
}

/// For `params(…)` of every edit that takes [`crate::extract::IfMatch`].
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IfMatchVersion {
    /// The version that is edited: the `ETag` of what was read. 428 without, 412 where it has changed since.
    #[param(rename = "If-Match", example = "\"3\"")]
    #[expect(dead_code, reason = "documents a header that an extractor reads")]
    version: String,
}
