//! What a file would bring into an organisation: whom and what its names mean, which rows are there already, and which
//! stand in each other's way. All of it is pure and takes O(n log n) for n rows.
//!
//! [`Meanings`] and [`Identified`] first, from the file and the organisation's nouns; then [`ImportPlan`], with the entries that are
//! there.

mod identify;
mod ids;
mod meanings;
mod nouns;
mod occupancy;
mod people;
mod settle;

#[cfg(test)]
mod tests;

pub use identify::{Candidate, Identified};
pub use ids::import_id;
pub use meanings::{Meanings, Used};
pub use people::PlannedMember;
pub use settle::{ExistingTime, ImportPlan, MemberPlan, Obstacle, Resolution, Settled, Settler};
