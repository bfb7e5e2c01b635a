//! Writes the CSV exports of other time trackers, with a sidecar that says what is true about every row.
//!
//! The files are written from what is publicly known about those formats, by someone who has not seen
//! the parser that reads them, and this package uses none of the product's crates. What the sidecar
//! calls true is worked out from what the *file* shows, not from what the generator meant:
//!
//! 1. [`generate`] makes people's real spans as instants (`routine`, `planted`),
//! 2. writes them as the tool would ([`Variant`] says how, `export` does it),
//! 3. reads each row back as a person would with only the zone in hand (`wall_clock`): one reading
//!    is a fact, two readings are ambiguous,
//! 4. walks the rows in file order and settles which are accepted (`verdict`).
//!
//! [`malformed`] holds files that no tool should have written.

mod cast;
mod column;
mod export;
mod generate;
pub mod malformed;
mod planted;
mod routine;
mod span;
mod truth;
mod variant;
mod variants;
mod verdict;
mod wall_clock;

pub use generate::{Generated, SMALLEST_WITH_EVERY_CASE, generate};
pub use truth::{Expected, PersonDay, Reading, Truth, TruthRow};
pub use variant::{Clock, DateOrder, Tool, Variant};
