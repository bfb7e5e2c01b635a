//! The audit file: everything a store recorded, as text that needs no store to be proven and from which a store can be
//! made.
//!
//! Each line carries its own checksum ([`crate::durability::LineFault`]). The first names the format, then each record has
//! one with its payload and the answer that was kept with it, and the last counts them and holds the digest of all before
//! it, so that a file that was cut is told from a whole one.
//!
//! What is the same gives the same bytes, whichever engine it comes from and whenever: nothing of the store itself is in
//! there, and there is one order. Accounts' records come first, in the order of time, since an address may have changed
//! hands; then organisations and then members, each stream from its first record to its last, in the order of their ids.
//! It is also an order in which the records can be written again.

mod erasures;
mod export;
mod fault;
mod file;
mod line;
mod lines;
mod order;
mod scan;
mod write;

pub use export::{ExportError, export};
pub use fault::{AuditFileError, AuditFileFault, LinePlace};
pub use file::{AuditFile, ReadAt, Scanned};
pub use line::FORMAT;
pub use write::Exported;
