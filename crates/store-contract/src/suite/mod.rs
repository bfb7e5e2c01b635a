//! The contract, by trait, then across them. Most functions take any store, even one that holds other organisations.

pub mod accounts;
pub mod commands;
pub mod directory;
pub mod entry_lists;
pub mod entry_streams;
pub mod entry_totals;
pub mod entry_writes;
pub mod erasure;
pub mod erasure_races;
pub mod faults;
pub mod heads;
pub mod isolation;
pub mod journal;
mod nouns;
pub mod one_open_entry;
pub mod races;
pub mod random_actions;
pub mod sessions;
pub mod sign_in_attempt_races;
pub mod sign_in_attempts;
pub mod sign_up_races;
pub mod timesheets;
