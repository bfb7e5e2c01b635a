//! I1: a member has at most one open entry, even where a caller that decided wrongly writes two.

use vibesheets_core::{
    Entry,
    store::{Store, StoreError, TimesheetQuery},
};

use crate::support::{Lab, TestOrganisation, changed, instant, new};

async fn open_entry(store: &dyn Store, team: &TestOrganisation) -> Option<Entry> {
    let query = TimesheetQuery { member: team.member(0), overlapping: None, entries: Vec::new(), days: None };
    store.load_timesheet(&team.scope(), &query).await.unwrap().open
}

pub async fn a_second_open_entry_is_a_conflict_and_leaves_nothing(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let first = lab.entry(team.member(0), "2026-03-02T08:00:00Z", None);
    let kept = lab.add(store, &team.scope(), &[first]).await;
    let head = store.head(team.member_stream(0)).await.unwrap();
    let second = lab.entry(team.member(0), "2026-03-02T09:00:00Z", None);
    let mut write = lab.timesheet_write(&team.scope(), team.member(0), head, vec![new(second.clone())]);
    let applied = lab.applied("never");
    write.applied = Some(applied.clone());
    let error = store.write_timesheet(&team.scope(), write).await.unwrap_err();
    assert!(matches!(error, StoreError::Conflict { .. }), "{error}");
    assert_eq!(open_entry(store, &team).await.as_ref(), Some(&kept[0]));
    assert_eq!(store.find_entry(&team.scope(), None, second.id).await.unwrap(), None);
    assert_eq!(store.find_applied(&team.scope(), applied.id).await.unwrap(), None);
    assert_eq!(store.head(team.member_stream(0)).await.unwrap(), head);
}

pub async fn two_open_entries_in_one_write_are_a_conflict_and_leave_nothing(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let revisions = ["2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z"]
        .map(|start| new(lab.entry(team.member(0), start, None)))
        .to_vec();
    let error = lab.write_entries(store, &team.scope(), team.member(0), revisions).await.unwrap_err();
    assert!(matches!(error, StoreError::Conflict { .. }), "{error}");
    assert_eq!(open_entry(store, &team).await, None);
    assert_eq!(store.head(team.member_stream(0)).await.unwrap().seq, 0);
}

pub async fn restoring_an_open_entry_beside_another_is_a_conflict(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let deleted = Entry { deleted: true, ..lab.entry(team.member(0), "2026-03-02T08:00:00Z", None) };
    let open = lab.entry(team.member(0), "2026-03-02T09:00:00Z", None);
    let kept = lab.add(store, &team.scope(), &[deleted, open]).await;
    let restored = kept[0].with_deleted(false, lab.now());
    let revisions = vec![changed(&kept[0], restored)];
    let error = lab.write_entries(store, &team.scope(), team.member(0), revisions).await.unwrap_err();
    assert!(matches!(error, StoreError::Conflict { .. }), "{error}");
    assert_eq!(open_entry(store, &team).await.as_ref(), Some(&kept[1]));
}

/// A switch is one write, whichever of its entries it names first.
pub async fn a_switch_closes_one_entry_and_opens_the_next(store: &dyn Store) {
    for closed_first in [true, false] {
        let lab = Lab::new(u64::from(closed_first));
        let team = lab.found(store, 1).await;
        let first = lab.entry(team.member(0), "2026-03-02T08:00:00Z", None);
        let kept = lab.add(store, &team.scope(), &[first]).await;
        let closed = kept[0].closed_at(instant("2026-03-02T09:00:00Z"), lab.now());
        let next = lab.entry(team.member(0), "2026-03-02T09:00:00Z", None);
        let mut revisions = vec![changed(&kept[0], closed.clone()), new(next.clone())];
        if !closed_first {
            revisions.reverse();
        }
        lab.write_entries(store, &team.scope(), team.member(0), revisions).await.unwrap();
        assert_eq!(open_entry(store, &team).await.map(|entry| entry.id), Some(next.id));
        let closed_now = store.find_entry(&team.scope(), None, closed.id).await.unwrap().unwrap();
        assert_eq!(closed_now.end, closed.end);
    }
}

pub async fn two_members_may_be_clocked_in_at_once(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 2).await;
    let both = [0, 1].map(|index| lab.entry(team.member(index), "2026-03-02T08:00:00Z", None));
    lab.add(store, &team.scope(), &both).await;
    assert_eq!(open_entry(store, &team).await.map(|entry| entry.id), Some(both[0].id));
}
