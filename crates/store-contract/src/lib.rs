//! The storage port's contract: what the trait's documentation promises, as functions over a store that every adapter
//! runs, and that end in races. An adapter's test file is one line:
//!
//! ```ignore
//! vibesheets_store_contract::contract_tests!(make_store);
//! ```
//!
//! where `make_store` is an `async fn() -> Arc<dyn Store>` that gives an empty store each time. [`suite`] holds the
//! functions, [`support`] what they and other tests are made of, [`Instrumented`] a store that fails on order.

#![allow(clippy::unwrap_used, reason = "a suite function that panics is a test that fails")]

pub mod differential;
pub mod evidence;
mod instrumented;
pub mod linearizability;
mod list;
pub mod steps;
#[allow(missing_docs, reason = "a suite function's name is a sentence that says what it holds")]
pub mod suite;
pub mod support;

pub use instrumented::{Defect, Fault, Held, Instrumented};
