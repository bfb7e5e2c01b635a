//! Timesheets as the clock needs them, remembered between requests. The store's file is held by one process, so what its
//! writer commits is all that ever changes.

use std::{
    collections::HashSet,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use quick_cache::sync::{Cache, GuardResult};
use vibesheets_core::{
    Entry, MemberId, OrganisationId, Timesheet,
    journal::{Head, Revision},
    store::StoreError,
    time::DateRange,
};

/// The most timesheets remembered at once; about two kilobytes each.
const MOST: usize = 8192;

type Key = (OrganisationId, MemberId);

/// Head, open entry and days of the members that were asked for last.
pub(crate) struct RecentTimesheets {
    by_member: Cache<Key, Arc<Remembered>>,
    /// Those whose time a commit that is being made changes: others may have read of it in the file by now, and must not
    /// be shown what is remembered from before it.
    in_commit: RwLock<HashSet<Key>>,
}

struct Remembered {
    /// The work dates that its days cover.
    range: DateRange,
    timesheet: Timesheet,
}

/// What a committed write did to a member's time.
pub(crate) struct Committed {
    pub(crate) organisation: OrganisationId,
    pub(crate) member: MemberId,
    pub(crate) head: Head,
    /// With it the member's stream ended.
    pub(crate) is_closed: bool,
    pub(crate) entries: Vec<Revision<Entry>>,
}

impl RecentTimesheets {
    pub(crate) fn new() -> Self {
        Self { by_member: Cache::new(MOST), in_commit: RwLock::default() }
    }

    /// The member's head, open entry and days of `range`: as remembered, or as `read` finds them.
    pub(super) fn timesheet(
        &self,
        organisation: OrganisationId,
        member: MemberId,
        range: DateRange,
        read: impl FnOnce() -> Result<Timesheet, StoreError>,
    ) -> Result<Timesheet, StoreError> {
        let key = (organisation, member);
        if self.in_commit.read().unwrap_or_else(PoisonError::into_inner).contains(&key) {
            return read();
        }
        match self.by_member.get_value_or_guard(&key, Some(Duration::ZERO)) {
            GuardResult::Value(known) if known.range == range => Ok(known.timesheet.clone()),
            GuardResult::Value(_) => {
                self.by_member.remove(&key);
                read()
            }
            // Somebody else reads it just now: two reads are sooner done than one waited for.
            GuardResult::Timeout => read(),
            GuardResult::Guard(guard) => {
                let timesheet = read()?;
                // Refused where a commit was told of meanwhile, since what was read may be from before it.
                let _ = guard.insert(Arc::new(Remembered { range, timesheet: timesheet.clone() }));
                Ok(timesheet)
            }
        }
    }

    /// Lets `commit` make `changes`; from before anybody can read of them in the file until they are known here, the file
    /// is what their members are shown.
    pub(crate) fn around_commit<E>(
        &self,
        changes: &[Committed],
        commit: impl FnOnce() -> Result<(), E>,
    ) -> Result<(), E> {
        let in_commit = || self.in_commit.write().unwrap_or_else(PoisonError::into_inner);
        in_commit().extend(changes.iter().map(|change| (change.organisation, change.member)));
        let outcome = commit();
        for change in changes {
            match outcome {
                Ok(()) => self.committed(change),
                Err(_) => self.forget(change.organisation, change.member),
            }
        }
        in_commit().clear();
        outcome
    }

    fn committed(&self, change: &Committed) {
        let key = (change.organisation, change.member);
        match self.by_member.peek(&key).and_then(|known| known.after(change)) {
            Some(next) => self.by_member.insert(key, Arc::new(next)),
            None => self.forget(change.organisation, change.member),
        }
    }

    /// To be told where a member's time may be another than what is remembered: of a write of which it is unknown whether
    /// it was committed, and of one that was decided on another head than the file's.
    pub(crate) fn forget(&self, organisation: OrganisationId, member: MemberId) {
        self.by_member.remove(&(organisation, member));
    }
}

impl Remembered {
    /// `None` where the change does not follow what is remembered.
    fn after(&self, change: &Committed) -> Option<Self> {
        if change.head.seq != self.timesheet.head.seq + 1 {
            return None;
        }
        let mut timesheet = self.timesheet.with(&change.entries);
        timesheet.head = change.head;
        timesheet.is_closed = change.is_closed;
        timesheet.days.retain(|day| day.seconds != 0 && self.range.contains(day.date));
        Some(Self { range: self.range, timesheet })
    }
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, civil::date};
    use vibesheets_core::journal::Hash;

    use super::*;

    const KEY: Key = (OrganisationId::from_bytes([1; 16]), MemberId::from_bytes([2; 16]));

    fn head(seq: u64) -> Head {
        Head { seq, hash: Hash([7; 32]), time: Timestamp::UNIX_EPOCH }
    }

    fn range() -> DateRange {
        DateRange { first: date(2026, 1, 1), last: date(2026, 1, 31) }
    }

    fn timesheet(seq: u64) -> Timesheet {
        let (overlapping, entries, days) = (Vec::new(), Vec::new(), Vec::new());
        Timesheet { head: head(seq), is_closed: false, open: None, overlapping, entries, days }
    }

    fn committed(seq: u64) -> Committed {
        Committed {
            organisation: KEY.0,
            member: KEY.1,
            head: head(seq),
            is_closed: false,
            entries: Vec::new(),
        }
    }

    fn seq(recent: &RecentTimesheets, in_the_file: u64) -> u64 {
        recent.timesheet(KEY.0, KEY.1, range(), || Ok(timesheet(in_the_file))).unwrap().head.seq
    }

    #[test]
    fn what_was_read_before_a_commit_is_not_remembered_after_it() {
        let recent = RecentTimesheets::new();
        let read = recent.timesheet(KEY.0, KEY.1, range(), || {
            let before = timesheet(1);
            recent.committed(&committed(2));
            Ok(before)
        });
        assert_eq!(read.unwrap().head.seq, 1, "a write on it will fail");
        assert_eq!(seq(&recent, 2), 2);
    }

    #[test]
    fn a_commit_that_follows_is_applied_and_any_other_forgets() {
        let recent = RecentTimesheets::new();
        assert_eq!(seq(&recent, 1), 1);
        recent.committed(&committed(2));
        assert_eq!(seq(&recent, 99), 2, "not read again");
        recent.committed(&committed(4));
        assert_eq!(seq(&recent, 4), 4, "read again");
        recent.forget(KEY.0, KEY.1);
        assert_eq!(seq(&recent, 5), 5, "read again");
    }

    /// Somebody who has read of a commit in the file is not shown a timesheet from before it.
    #[test]
    fn while_a_commit_is_made_the_file_is_read_and_not_remembered() {
        let recent = RecentTimesheets::new();
        assert_eq!(seq(&recent, 1), 1);
        let commit = || {
            assert_eq!(seq(&recent, 1), 1, "before it is in the file");
            assert_eq!(seq(&recent, 2), 2, "once it is");
            Ok::<_, ()>(())
        };
        assert_eq!(recent.around_commit(&[committed(2)], commit), Ok(()));
        assert_eq!(seq(&recent, 99), 2, "remembered again");
        assert_eq!(recent.around_commit(&[committed(3)], || Err("the disk")), Err("the disk"));
        assert_eq!(seq(&recent, 3), 3, "read again, since nobody knows");
        assert_eq!(seq(&recent, 99), 3, "remembered again");
    }

    #[test]
    fn another_range_of_days_is_read() {
        let recent = RecentTimesheets::new();
        assert_eq!(seq(&recent, 1), 1);
        let wider = DateRange { last: date(2026, 2, 1), ..range() };
        let read = recent.timesheet(KEY.0, KEY.1, wider, || Ok(timesheet(3))).unwrap();
        assert_eq!(read.head.seq, 3);
    }

    #[test]
    fn a_read_that_failed_is_tried_again() {
        let recent = RecentTimesheets::new();
        let failed = || Err(StoreError::Internal("the disk".to_owned()));
        assert!(recent.timesheet(KEY.0, KEY.1, range(), failed).is_err());
        assert_eq!(seq(&recent, 1), 1);
    }
}
