//! What requests cost, as the engine tells it.

use std::sync::atomic::{AtomicU64, Ordering};

use aws_sdk_dynamodb::types::ConsumedCapacity;

/// Capacity units used since the store was opened, indexes included.
#[derive(Debug, Default)]
pub struct Consumed {
    read_tenths: AtomicU64,
    write_tenths: AtomicU64,
}

/// Tenths of capacity units, since engines tell halves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsumedUnits {
    /// A unit is 4 KiB read consistently, or 8 KiB read otherwise.
    pub read_tenths: u64,
    /// A unit is 1 KiB written, of which a transaction takes two.
    pub write_tenths: u64,
}

impl Consumed {
    /// What was used until now.
    pub fn units(&self) -> ConsumedUnits {
        ConsumedUnits {
            read_tenths: self.read_tenths.load(Ordering::Relaxed),
            write_tenths: self.write_tenths.load(Ordering::Relaxed),
        }
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

#[expect(clippy::float_arithmetic, reason = "the engine tells halves; tenths of them are whole")]
fn to_tenths(units: f64) -> u64 {
    (units * 10.0).round() as u64
}
