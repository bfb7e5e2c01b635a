//! The journal: one row for each record, its payload beside the link, in the order of the commits.

mod append;
mod batches;
mod read;
mod row;

pub(crate) use append::{append, conflict};
pub(crate) use batches::batches;
pub(crate) use read::{head, last, last_commit_number, payload, records_after, streams_after};
