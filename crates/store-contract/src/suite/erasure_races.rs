//! Erasing while others erase and write.

use std::sync::Arc;

use futures_util::future::join_all;
use vibesheets_core::{
    Labels, MemberId, Note, OrganisationId,
    actions::{
        ActionError, Caller, Refusal,
        entries::{EntryRequest, create_entry},
        erasure::erase_again,
    },
    audit::audit,
    journal::{DirectoryChange, Operation},
    store::{Answer, Store},
};

use crate::{
    Fault, Instrumented,
    support::{Lab, changed, instant},
};

async fn findings(store: &dyn Store) -> Vec<String> {
    let audit = audit(store, &|_| ()).await.expect("an audit");
    audit.findings.into_iter().map(|finding| finding.to_string()).collect()
}

async fn erase(lab: &Lab, store: &dyn Store, organisation: OrganisationId, member: MemberId) {
    erase_again(lab.context(store), organisation, member).await.expect("erased");
}

/// All were added by one record, which holds all of their names.
pub async fn members_who_are_erased_at_once_leave_nothing_of_each_other(store: Arc<dyn Store>) {
    let lab = Arc::new(Lab::default());
    let team = lab.found(&*store, 12).await;
    // As far as the record that says so; what is left to do is the same for all at the same time.
    let said = team
        .members
        .iter()
        .map(|caller| DirectoryChange::Member(changed(&caller.member, caller.member.erased())));
    lab.write_nouns_as(&*store, &team.scope(), Operation::MemberErase, said.collect()).await.expect("said");
    let erasing = (0..12).map(|index| {
        let (store, lab) = (Arc::clone(&store), Arc::clone(&lab));
        let (organisation, member) = (team.organisation.id, team.member(index));
        tokio::spawn(async move { erase(&lab, &*store, organisation, member).await })
    });
    join_all(erasing).await.into_iter().for_each(|task| task.expect("no panic"));
    assert_eq!(findings(&*store).await, [""; 0]);
}

/// What is left of a stream is its beginning, which can be written again elsewhere; done again, the erasure is finished.
pub async fn an_erasure_that_breaks_off_at_any_call_leaves_beginnings_and_is_finished(store: Arc<dyn Store>) {
    let lab = Lab::default();
    for (call, fault) in (0..24).map(|call| (call, Fault::ALL[call % 3])) {
        let team = lab.found(&*store, 1).await;
        let (organisation, member) = (team.organisation.id, team.member(0));
        let entries = (0..25).map(|minute| {
            let at = |second| format!("2026-03-02T08:{minute:02}:{second:02}Z");
            lab.entry(member, &at(0), Some(&at(30)))
        });
        lab.add(&*store, &team.scope(), &entries.collect::<Vec<_>>()).await;
        let broken = Instrumented::new(Arc::clone(&store));
        broken.fail(call, fault);
        // A conflict is tried again by itself.
        let _ = erase_again(lab.context(&broken), organisation, member).await;
        let left = store.read_stream(team.member_stream(0), 0, 100).await.expect("records");
        let there: Vec<bool> = left.iter().map(|stored| stored.payload.is_some()).collect();
        assert!(there.is_sorted_by(|one, next| one >= next), "call {call}, {fault:?}: {there:?}");
        erase(&lab, &*store, organisation, member).await;
    }
    assert_eq!(findings(&*store).await, [""; 0]);
}

/// Types entries into somebody's time until that is refused because they are erased.
async fn type_until_erased(lab: &Lab, store: &dyn Store, owner: &Caller, member: MemberId, first_hour: i64) {
    for hour in first_hour.. {
        let start = instant("2026-03-02T00:00:00Z").saturating_add_seconds(hour * 3600);
        let request = EntryRequest {
            start,
            end: Some(start.saturating_add_seconds(60)),
            time_zone: None,
            project_id: None,
            note: Note::new("private words").expect("a note"),
            tags: Labels::default(),
            billable: None,
        };
        let answer = |_: &_| Answer(Vec::new());
        let typed =
            create_entry(lab.context(store), owner, lab.command(), Some(member), &request, answer).await;
        match typed {
            // Of many who write at once some give up.
            Ok(_) | Err(ActionError::Refused(Refusal::Busy)) => {}
            Err(ActionError::Refused(Refusal::NotFound(_) | Refusal::Invalid { .. })) => return,
            Err(other) => panic!("{other:?}"),
        }
    }
}

pub async fn what_is_typed_while_a_member_is_erased_is_erased_or_refused(store: Arc<dyn Store>) {
    let lab = Arc::new(Lab::default());
    let team = lab.found(&*store, 1).await;
    let member = team.member(0);
    let typing = (0..4).map(|typist| {
        let (store, lab, owner) = (Arc::clone(&store), Arc::clone(&lab), team.owner.clone());
        tokio::spawn(async move { type_until_erased(&lab, &*store, &owner, member, typist * 1000).await })
    });
    let typing: Vec<_> = typing.collect();
    while store.head(team.member_stream(0)).await.expect("a head").seq < 8 {
        tokio::task::yield_now().await;
    }
    erase(&lab, &*store, team.organisation.id, member).await;
    join_all(typing).await.into_iter().for_each(|task| task.expect("no panic"));
    assert_eq!(findings(&*store).await, [""; 0]);
}
