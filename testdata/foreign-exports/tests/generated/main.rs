//! Generated exports and their sidecars.

mod determinism;
mod features;
mod support;
mod truth;
