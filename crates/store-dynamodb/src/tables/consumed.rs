//! What requests cost, as the engine tells it.

use std::sync::atomic::{AtomicU64, Ordering};

use aws_sdk_dynamodb::types::ConsumedCapacity;

/// Capacity units used since the store was opened, indexes included.
#[derive(Debug, Default)]
pub struct Consumed {
    read_tenths: AtomicU64,
    write_tenths: AtomicU64,
}

/// Capacity units.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct ConsumedUnits {
    /// Of 4 KiB read consistently, or 8 KiB read otherwise.
    pub read: f64,
    /// Of 1 KiB written; two of them in a transaction.
    pub write: f64,
}

impl Consumed {
    /// What was used until now.
    pub fn units(&self) -> ConsumedUnits {
        let units = |tenths: &AtomicU64| from_tenths(tenths.load(Ordering::Relaxed));
        ConsumedUnits { read: units(&self.read_tenths), write: units(&self.write_tenths) }
    }

    pub(super) fn read<'a>(&self, told: impl IntoIterator<Item = &'a ConsumedCapacity>) {
        self.read_tenths.fetch_add(sum(told), Ordering::Relaxed);
    }

    pub(super) fn written<'a>(&self, told: impl IntoIterator<Item = &'a ConsumedCapacity>) {
        self.write_tenths.fetch_add(sum(told), Ordering::Relaxed);
    }
}

fn sum<'a>(told: impl IntoIterator<Item = &'a ConsumedCapacity>) -> u64 {
    told.into_iter().filter_map(ConsumedCapacity::capacity_units).map(to_tenths).sum()
}

#[expect(clippy::float_arithmetic, reason = "the engine tells halves; summed in tenths they stay exact")]
fn to_tenths(units: f64) -> u64 {
    (units * 10.0).round() as u64
}

#[expect(clippy::float_arithmetic, reason = "shown to people")]
fn from_tenths(tenths: u64) -> f64 {
    tenths as f64 / 10.0
}
