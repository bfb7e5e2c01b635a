//! The append-only, hash-chained record of every change (I5).
//!
//! One stream per member (their entries), one per organisation (members, projects, settings, imports) and one
//! per account (the sign-in). Payloads sit beside the chain, salted, so that erasing a person's data leaves the
//! chain verifiable.

mod hash;
mod payload;
mod personal;
mod record;
mod verify;

pub use hash::Hash;
pub use payload::{
    AccountChange, CommittedHead, DirectoryChange, EntriesChange, Payload, PayloadBody, Revision, Sealed,
};
pub use record::{Actor, Append, Head, Operation, Record, RecordDraft, StreamId};
pub use verify::{ChainVerifier, Fault};
