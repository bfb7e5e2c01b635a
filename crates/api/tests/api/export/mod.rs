//! `GET /export`

mod download;
mod formulas;
mod sheets;
mod sums;
