//! `GET /export`

mod download;
mod formulas;
pub mod sheets;
mod sums;
