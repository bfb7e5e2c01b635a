//! The seconds of a member's newest work dates, kept beside each record of their stream.

use std::collections::BTreeMap;

use vibesheets_core::{
    DayTotal, Entry,
    journal::Revision,
    time::{Date, DateRange},
};

/// The most work dates that are kept: the weeks that a clock shows, twice over.
const MOST_DAYS: usize = 28;

/// The sums of the newest work dates that have any seconds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Recent {
    /// Whatever lies before this date was left out; `None` where nothing was.
    complete_from: Option<Date>,
    seconds: BTreeMap<Date, i64>,
}

impl Recent {
    /// As it is once `revisions` are applied.
    #[must_use]
    pub fn after(&self, revisions: &[Revision<Entry>]) -> Self {
        let mut after = self.clone();
        for Revision { before, after: entry } in revisions {
            for (changed, sign) in [(before.as_ref(), -1), (Some(entry), 1)] {
                let Some(entry) = changed.filter(|entry| !entry.deleted) else { continue };
                if after.covers(entry.work_date) {
                    *after.seconds.entry(entry.work_date).or_default() += sign * entry.seconds().unwrap_or(0);
                }
            }
        }
        after.seconds.retain(|_, seconds| *seconds != 0);
        while after.seconds.len() > MOST_DAYS {
            let oldest = after.seconds.pop_first();
            after.complete_from = oldest.and_then(|(date, _)| date.tomorrow().ok()).or(after.complete_from);
        }
        after
    }

    /// The days of `range`; `None` where some of them were left out.
    pub fn days(&self, range: DateRange) -> Option<Vec<DayTotal>> {
        if range.first > range.last {
            return Some(Vec::new());
        }
        self.covers(range.first).then(|| {
            let within = self.seconds.range(range.first..=range.last);
            within.map(|(date, seconds)| DayTotal { date: *date, seconds: *seconds }).collect()
        })
    }

    fn covers(&self, date: Date) -> bool {
        self.complete_from.is_none_or(|first| date >= first)
    }

    /// About four bytes a day: numbers in base 128, the least first, the highest bit telling that more follows. First the
    /// day from which it is complete, or 0; then each date as days since the one before, and its seconds.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        push(&mut bytes, self.complete_from.map_or(0, day_number));
        let mut last = 0;
        for (date, seconds) in &self.seconds {
            let day = day_number(*date);
            push(&mut bytes, day - last);
            push(&mut bytes, seconds.unsigned_abs());
            last = day;
        }
        bytes
    }

    /// What [`Self::to_bytes`] wrote; `None` where it did not.
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let complete_from = match take(&mut bytes)? {
            0 => None,
            day => Some(date_of(day)?),
        };
        let mut seconds = BTreeMap::new();
        let mut last = 0;
        while !bytes.is_empty() {
            last += take(&mut bytes)?;
            seconds.insert(date_of(last)?, i64::try_from(take(&mut bytes)?).ok()?);
        }
        Some(Self { complete_from, seconds })
    }
}

/// Day 0 of the numbers: before all that entries may lie in.
const EPOCH: Date = Date::constant(1999, 12, 1);

/// From 1.
fn day_number(date: Date) -> u64 {
    let days = date.duration_since(EPOCH).as_hours() / 24;
    u64::try_from(days).unwrap_or(0)
}

fn date_of(day: u64) -> Option<Date> {
    let days = i32::try_from(day).ok()?;
    EPOCH.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

fn push(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..63).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}
