//! The journal: one item for each record, the payload in it or in parts beside it. That no record's place is taken twice is
//! the condition of every write.

mod append;
mod erase;
mod places;
mod read;
mod row;

pub(crate) use append::{append, append_erased};
pub(crate) use erase::erase_payload;
pub(crate) use places::{Places, settle};
pub(crate) use read::{conflict, head, head_and_places, is_last, last_records};
pub(crate) use row::{hash_of, head_of, operation_of};
