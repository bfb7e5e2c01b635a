//! What handlers take: bodies, queries, ids and conditions, each checked before the handler runs.

mod bodiless;
mod body;
mod command;
mod depth;
mod id;
mod if_match;
mod json;
mod pointer;
mod query;

pub use bodiless::BareChange;
pub use command::{Change, command_of};
pub use id::{Id, Noun};
pub use if_match::IfMatch;
pub use json::Json;
pub use query::Query;

pub use body::has_content_type;
