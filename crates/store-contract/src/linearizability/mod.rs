//! Linearizability of the clock: concurrent histories of clocking in, out and over, and of looking at the clock, are
//! recorded and held against one clock that does a thing at a time.
//!
//! A history is *linearizable* where each of its operations can be given one instant between its call and its answer
//! so that, done one after the other in the order of those instants, all answers are the ones that were given. Members
//! are checked one by one: a history is linearizable if each object's part of it is (Herlihy and Wing, 1990).
//!
//! `plan` makes up what clients do, `record` lets them do it at once through the real actions, `history` is what came of
//! it, `clock` the clock that does a thing at a time, and `order` looks for the order (Wing and Gong, 1993, with Lowe's
//! memory of what was tried, 2017). No crate fits: `todc-utils` knows no operation whose outcome nobody was
//! told, `lincheck` runs only inside of `loom`, and `stateright` brings a web server.

mod check;
mod clock;
mod history;
mod order;
mod plan;
mod planted;
mod record;

pub use check::{Checked, HistoriesToCheck, Violation, check_histories};
pub use planted::{ENOUGH_HISTORIES, Found, find_every_defect};
