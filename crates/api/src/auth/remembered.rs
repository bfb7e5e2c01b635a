//! What was read from the store and is taken for what it was, for a few seconds.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use jiff::{SignedDuration, Timestamp};

/// How long something is taken for what it was.
const REMEMBERED: SignedDuration = SignedDuration::from_secs(5);

/// Values by their keys, each with the time at which it was read. At most so many are kept.
#[derive(Debug)]
pub struct Remembered<K, V> {
    values: RwLock<HashMap<K, (V, Timestamp)>>,
    most: usize,
}

impl<K: Eq + Hash, V: Clone> Remembered<K, V> {
    /// None yet, and never more than `most`.
    pub fn at_most(most: usize) -> Self {
        Self { values: RwLock::default(), most }
    }

    /// The value and when it was read, where that is at most five seconds before `now`, and not after it.
    pub fn recall(&self, key: &K, now: Timestamp) -> Option<(V, Timestamp)> {
        self.reading().get(key).filter(|(_, read_at)| is_fresh(*read_at, now)).cloned()
    }

    /// Keeps a value that was read at `read_at`, while there is room and `is_current`, which is asked where nobody can forget
    /// anything meanwhile.
    pub fn remember(&self, key: K, value: V, read_at: Timestamp, is_current: impl FnOnce() -> bool) {
        let mut values = self.writing();
        if !is_current() {
            return;
        }
        if values.len() >= self.most {
            values.retain(|_, (_, kept)| is_fresh(*kept, read_at));
        }
        if values.len() < self.most {
            values.insert(key, (value, read_at));
        }
    }

    /// Forgets what `is_past` says; `meanwhile` is done where nobody can remember anything.
    pub fn forget_where(&self, is_past: impl Fn(&K, &V) -> bool, meanwhile: impl FnOnce()) {
        let mut values = self.writing();
        meanwhile();
        values.retain(|key, (value, _)| !is_past(key, value));
    }

    fn reading(&self) -> RwLockReadGuard<'_, HashMap<K, (V, Timestamp)>> {
        self.values.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn writing(&self) -> RwLockWriteGuard<'_, HashMap<K, (V, Timestamp)>> {
        self.values.write().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_fresh(read_at: Timestamp, now: Timestamp) -> bool {
    let age = now.duration_since(read_at);
    !age.is_negative() && age <= REMEMBERED
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a time")
    }

    #[test]
    fn what_was_read_is_known_for_five_seconds_and_not_before_it_was_read() {
        let known = Remembered::at_most(8);
        known.remember("key", 7, at(100), || true);
        assert_eq!(known.recall(&"key", at(105)), Some((7, at(100))));
        assert_eq!(known.recall(&"key", at(106)), None);
        assert_eq!(known.recall(&"key", at(99)), None, "the clock was set back");
        assert_eq!(known.recall(&"other", at(100)), None);
    }

    #[test]
    fn the_oldest_make_room_and_where_there_is_none_nothing_more_is_kept() {
        let known = Remembered::at_most(2);
        for (key, second) in [(1, 100), (2, 104), (3, 105)] {
            known.remember(key, key, at(second), || true);
        }
        assert_eq!([1, 2, 3].map(|key| known.recall(&key, at(105)).is_some()), [true, true, false]);
        known.remember(4, 4, at(106), || true);
        assert_eq!([1, 2, 4].map(|key| known.recall(&key, at(106)).is_some()), [false, true, true]);
    }

    #[test]
    fn what_was_forgotten_while_it_was_read_is_not_remembered() {
        let known = Remembered::at_most(2);
        known.remember("key", 1, at(100), || false);
        assert_eq!(known.recall(&"key", at(100)), None);
        known.remember("key", 2, at(100), || true);
        known.forget_where(|_, value| *value == 2, || {});
        assert_eq!(known.recall(&"key", at(100)), None);
    }
}
