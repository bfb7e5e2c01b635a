//! What every request passes on its way in and every answer on its way out: one layer.

mod headers;
mod layer;
mod request_id;

pub use headers::{CONTENT_SECURITY_POLICY, SecurityHeaders};
pub(crate) use layer::{Edge, EdgeLayer};
