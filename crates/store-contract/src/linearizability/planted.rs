//! Whether the checker finds a store that is broken on purpose.

use std::{fmt, sync::Arc};

use vibesheets_core::store::Store;

use super::{HistoriesToCheck, check_histories};
use crate::Defect;

/// Histories within which each defect must be found.
pub const ENOUGH_HISTORIES: usize = 100;

/// How many histories it took to find a defect, each time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What was broken.
    pub defect: Defect,
    /// Histories begun until it was found, for each seed.
    pub histories: Vec<usize>,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let most = self.histories.iter().max().copied().unwrap_or_default();
        write!(f, "{:?} within {most}", self.defect)
    }
}

/// Breaks stores in every way that there is, `seeds` times each, and looks for it.
///
/// # Panics
/// Where a defect is not found within [`ENOUGH_HISTORIES`].
pub async fn find_every_defect(make_store: impl AsyncFn() -> Arc<dyn Store>, seeds: u64) -> Vec<Found> {
    let mut found = Vec::new();
    for defect in Defect::ALL {
        let mut histories = Vec::new();
        for seed in 0..seeds {
            let to_check = HistoriesToCheck {
                seed: seed * 1000,
                histories: ENOUGH_HISTORIES,
                with_faults: false,
                defect: Some(defect),
            };
            match check_histories(make_store().await, to_check).await {
                Err(violation) => histories.push(violation.after_histories),
                Ok(checked) => panic!("{defect:?} with seed {seed} was not found: {checked:?}"),
            }
        }
        found.push(Found { defect, histories });
    }
    found
}
