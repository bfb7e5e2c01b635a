//! Whatever call fails, however it fails: a command that is retried with its id has one effect and one answer (I4), and
//! nothing is half written (I5).

use std::sync::Arc;

use vibesheets_core::{
    Entry, Labels, Note,
    actions::{
        ActionError, Caller, ClockAction, Command,
        entries::{EntryRequest, create_entry, delete_entry, edit_entry, restore_entry},
        once,
    },
    store::{Answer, Store, StoreError},
};

use crate::{
    suite::races::press,
    support::{Lab, TestOrganisation, instant},
};

#[derive(Debug, Clone, Copy)]
enum Step {
    Clock(ClockAction),
    Create,
    Edit,
    Delete,
    Restore,
}

/// Whose hand an entry is changed by: somebody else has to find whose it is first.
#[derive(Debug, Clone, Copy)]
enum By {
    Member,
    Owner,
}

impl By {
    fn caller(self, team: &TestOrganisation) -> &Caller {
        match self {
            Self::Member => &team.members[0],
            Self::Owner => &team.owner,
        }
    }
}

const STEPS: [(Step, By); 10] = [
    (Step::Clock(ClockAction::In), By::Member),
    (Step::Clock(ClockAction::Out), By::Member),
    (Step::Clock(ClockAction::Switch), By::Member),
    (Step::Create, By::Member),
    (Step::Edit, By::Member),
    (Step::Delete, By::Member),
    (Step::Restore, By::Member),
    (Step::Edit, By::Owner),
    (Step::Delete, By::Owner),
    (Step::Restore, By::Owner),
];

/// Two entries by hand: the first deleted where it is to be restored. Clocked in where the step clocks out.
async fn prepared(lab: &Lab, store: &dyn Store, step: Step) -> (TestOrganisation, Entry) {
    let team = lab.found(store, 1).await;
    let deleted = matches!(step, Step::Restore);
    let entry =
        Entry { deleted, ..lab.entry(team.member(0), "2026-03-01T08:00:00Z", Some("2026-03-01T12:00:00Z")) };
    let kept = lab.add(store, &team.scope(), &[entry]).await;
    if matches!(step, Step::Clock(ClockAction::Out | ClockAction::Switch)) {
        let open = lab.entry(team.member(0), "2026-03-02T07:00:00Z", None);
        lab.add(store, &team.scope(), &[open]).await;
    }
    (team, kept[0].clone())
}

async fn run(
    lab: &Lab,
    store: &dyn Store,
    caller: &Caller,
    entry: &Entry,
    command: Command,
    step: Step,
) -> Result<Answer, ActionError> {
    let context = lab.context(store);
    let request = EntryRequest {
        start: instant("2026-03-01T13:00:00Z"),
        end: Some(instant("2026-03-01T14:00:00Z")),
        time_zone: None,
        project_id: None,
        note: Note::empty(),
        tags: Labels::default(),
        billable: None,
    };
    let render = |entry: &Entry| Answer(format!("{entry:?}").into_bytes());
    let version = entry.version;
    match step {
        Step::Clock(action) => press(store, lab, caller, command, action).await,
        Step::Create => {
            once(context, caller, command, create_entry(context, caller, command, None, &request, render))
                .await
        }
        Step::Edit => {
            let edit = edit_entry(context, caller, command, entry.id, version, &request, render);
            once(context, caller, command, edit).await
        }
        Step::Delete => {
            let delete = delete_entry(context, caller, command, entry.id, version, render);
            once(context, caller, command, delete).await
        }
        Step::Restore => {
            once(context, caller, command, restore_entry(context, caller, command, entry.id, render)).await
        }
    }
}

/// Takes the step on a store one of whose calls fails, and retries until it succeeds; then once more on a store that works.
async fn one_effect(store: &dyn Store, faulty: &dyn Store, (step, by): (Step, By), what: &str, seed: u64) {
    let lab = Lab::new(seed);
    let (team, entry) = prepared(&lab, store, step).await;
    let caller = by.caller(&team);
    let what = &format!("by the {by:?} with {what}");
    let before = store.head(team.member_stream(0)).await.unwrap().seq;
    let command = lab.command();
    let mut attempts = 0;
    let answer = loop {
        attempts += 1;
        match run(&lab, faulty, caller, &entry, command, step).await {
            Ok(answer) => break answer,
            Err(ActionError::Store(StoreError::Unavailable { .. } | StoreError::OutcomeUnknown { .. })) => {
                assert!(attempts < 3, "{step:?} {what} goes on failing");
                // A retry comes later: an answer made anew would differ from the first.
                lab.time.advance(5);
            }
            Err(error) => panic!("{step:?} {what}: {error}"),
        }
    };
    // A copy that comes eleven minutes later, and one that comes three days later.
    for late_seconds in [11 * 60, 3 * 86_400] {
        lab.time.advance(late_seconds);
        let again = run(&lab, store, caller, &entry, command, step).await.unwrap();
        assert_eq!(again, answer, "{step:?} {what}: another answer");
    }
    let after = store.head(team.member_stream(0)).await.unwrap().seq;
    assert_eq!(after, before + 1, "{step:?} {what}: not one effect");
}

/// A store one of whose calls fails, and whether anybody came as far as that call.
pub type FailingOnce = (Arc<dyn Store>, Box<dyn Fn() -> bool + Send>);

/// Takes each step of the clock, and of editing one's own entry and somebody else's, again and again, each time with another of its calls failing, until it makes no
/// more calls than those. `failing` gives a store over `store` whose call of this number fails, counted from 0; `what` says
/// how. Returns how many calls failed.
pub async fn each_step_has_one_effect_whatever_call_fails(
    store: &Arc<dyn Store>,
    what: &str,
    first_seed: u64,
    failing: impl Fn(usize) -> FailingOnce,
) -> usize {
    let mut failed = 0;
    for ((step, by), first_seed) in STEPS.into_iter().zip((first_seed..).step_by(1000)) {
        for call in 0_usize.. {
            let (faulty, reached) = failing(call);
            let what = format!("{what} at call {call}");
            one_effect(&**store, &*faulty, (step, by), &what, first_seed + call as u64).await;
            if !reached() {
                assert!(call >= 3, "{step:?} by the {by:?} with {what} made only {call} calls");
                break;
            }
            failed += 1;
        }
    }
    failed
}
