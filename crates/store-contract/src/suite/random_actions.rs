//! Random presses and edits against a model that knows only spans: the store and the actions agree with it on every
//! outcome, and entries never overlap (I1, I2).

mod model;

use std::{cell::Cell, sync::Arc};

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use vibesheets_core::{
    Entry, EntryId, Labels, Note,
    actions::{
        ActionError, ClockAction,
        entries::{EntryRequest, create_entry, delete_entry, edit_entry, restore_entry},
        once,
    },
    audit::audit,
    store::{Answer, Store, TimesheetQuery},
    time::{DateRange, Instant, Zone},
};

use super::races::press;
use crate::support::{Lab, TestOrganisation};
use model::{Model, Span};

/// What somebody does next. Numbers of entries count from the first, modulo how many there are.
#[derive(Debug, Clone, Copy)]
enum Step {
    Wait(i64),
    Clock(ClockAction),
    Create(Span),
    Edit(usize, Span),
    Delete(usize),
    Restore(usize),
}

const DAY: i64 = 86_400;

/// Few distinct times, so that spans touch, meet and hold each other often.
fn span() -> impl Strategy<Value = Span> {
    (-6_i64..8, 0_i64..4).prop_map(|(start, length)| (start * 900, Some((start + length) * 900)))
}

fn step() -> impl Strategy<Value = Step> {
    let clock = prop_oneof![Just(ClockAction::In), Just(ClockAction::Out), Just(ClockAction::Switch)];
    prop_oneof![
        3 => (0_i64..3).prop_map(|quarters| Step::Wait(quarters * 900)),
        6 => clock.prop_map(Step::Clock),
        4 => span().prop_map(Step::Create),
        3 => (any::<usize>(), span()).prop_map(|(index, span)| Step::Edit(index, span)),
        3 => any::<usize>().prop_map(Step::Delete),
        3 => any::<usize>().prop_map(Step::Restore),
    ]
}

/// One member, with the entries in the order in which the model has them.
struct Scene<'a> {
    store: &'a dyn Store,
    lab: Lab,
    team: TestOrganisation,
    began: i64,
}

impl Scene<'_> {
    /// Whether the step was taken; `None` where there is no entry that it could mean.
    async fn act(&self, step: Step, ids: &[EntryId]) -> Option<bool> {
        let caller = &self.team.members[0];
        let (context, command) = (self.lab.context(self.store), self.lab.command());
        let render = |entry: &Entry| Answer(entry.id.to_string().into_bytes());
        let chosen = |index: usize| (!ids.is_empty()).then(|| ids[index % ids.len()]);
        let result = match step {
            Step::Wait(seconds) => {
                self.lab.time.advance(seconds);
                return Some(true);
            }
            Step::Clock(action) => press(self.store, &self.lab, caller, command, action).await,
            Step::Create(span) => {
                let request = self.request(span);
                let create = create_entry(context, caller, command, None, &request, render);
                once(context, caller, command, create).await
            }
            Step::Edit(index, span) => {
                let id = chosen(index)?;
                let request = self.request(span);
                let version =
                    self.store.find_entry(&caller.scope(), None, id).await.unwrap().unwrap().version;
                let edit = edit_entry(context, caller, command, id, version, &request, render);
                once(context, caller, command, edit).await
            }
            Step::Delete(index) => {
                let id = chosen(index)?;
                let version =
                    self.store.find_entry(&caller.scope(), None, id).await.unwrap().unwrap().version;
                let delete = delete_entry(context, caller, command, id, version, render);
                once(context, caller, command, delete).await
            }
            Step::Restore(index) => {
                let restore = restore_entry(context, caller, command, chosen(index)?, render);
                once(context, caller, command, restore).await
            }
        };
        match result {
            Ok(_) => Some(true),
            Err(ActionError::Refused(_)) => Some(false),
            Err(ActionError::Store(error)) => panic!("{step:?}: {error}"),
        }
    }

    fn request(&self, (start, end): Span) -> EntryRequest {
        EntryRequest {
            start: self.instant(start),
            end: end.map(|end| self.instant(end)),
            time_zone: None,
            project_id: None,
            note: Note::empty(),
            tags: Labels::default(),
            billable: None,
        }
    }

    fn instant(&self, seconds: i64) -> Instant {
        Instant::from_unix_seconds(self.began + seconds).unwrap()
    }

    /// Seconds since the scene began.
    fn now(&self) -> i64 {
        self.lab.now().as_second() - self.began
    }

    /// Head, open entry and days are the same whether entries are asked for beside them or not: an adapter that remembers
    /// the ones between requests reads the others.
    async fn is_told_the_same_twice(&self) {
        let scope = self.team.scope();
        let zone = Zone::utc();
        let days =
            DateRange { first: zone.date_at(self.instant(-DAY)), last: zone.date_at(self.instant(2 * DAY)) };
        let member = self.team.member(0);
        let alone = TimesheetQuery { member, overlapping: None, entries: Vec::new(), days: Some(days) };
        let nobodys = EntryId::from_bytes([0; 16]);
        let beside = TimesheetQuery { entries: vec![nobodys], ..alone.clone() };
        let (one, other) = (
            self.store.load_timesheet(&scope, &alone).await,
            self.store.load_timesheet(&scope, &beside).await,
        );
        assert_eq!(one.unwrap(), other.unwrap());
    }

    /// All entries in the order of their making, as the model has them.
    async fn entries(&self) -> Vec<(EntryId, Span, bool)> {
        let scope = self.team.scope();
        let mut entries =
            self.store.list_member_entries(&scope, self.team.member(0), None, 1000).await.unwrap();
        let mut order = Vec::new();
        for stored in self.store.read_stream(self.team.member_stream(0), 0, 1000).await.unwrap() {
            let body = stored.payload.unwrap().open().unwrap();
            let vibesheets_core::journal::PayloadBody::Entries(change) = body else { continue };
            order.extend(change.entries.iter().filter(|one| one.before.is_none()).map(|one| one.after.id));
        }
        entries.sort_by_key(|entry| order.iter().position(|id| *id == entry.id));
        let relative = |at: Instant| at.unix_seconds() - self.began;
        entries
            .iter()
            .map(|entry| (entry.id, (relative(entry.start), entry.end.map(relative)), entry.deleted))
            .collect()
    }
}

async fn play(store: &dyn Store, steps: &[Step], seed: u64) {
    let lab = Lab::new(seed);
    let team = lab.found(store, 1).await;
    let began = lab.now().as_second();
    let scene = Scene { store, lab, team, began };
    let mut model = Model::default();
    for step in steps {
        let ids: Vec<_> = scene.entries().await.into_iter().map(|(id, ..)| id).collect();
        let now = scene.now();
        let Some(taken) = scene.act(*step, &ids).await else { continue };
        let chosen = |index: usize| index % ids.len();
        let expected = match *step {
            Step::Wait(_) => true,
            Step::Clock(ClockAction::In) => model.clock_in(now),
            Step::Clock(ClockAction::Out) => model.clock_out(now),
            Step::Clock(ClockAction::Switch) => model.switch(now),
            Step::Create(span) => model.create(span),
            Step::Edit(index, span) => model.edit(chosen(index), span),
            Step::Delete(index) => model.delete(chosen(index)),
            Step::Restore(index) => model.restore(chosen(index)),
        };
        assert_eq!(taken, expected, "{step:?} at {now} on {model:?}");
        let entries: Vec<_> =
            scene.entries().await.into_iter().map(|(_, span, deleted)| (span, deleted)).collect();
        assert_eq!(entries, model.entries, "after {step:?} at {now}");
        assert!(model.is_free_of_overlaps(), "{model:?}");
        scene.is_told_the_same_twice().await;
    }
}

/// Takes a store and the runtime that it lives on, since each of proptest's cases is a run to its end.
pub fn random_actions_agree_with_a_model_of_spans(make_store: impl AsyncFnOnce() -> Arc<dyn Store>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let store = runtime.block_on(make_store());
    let seed = Cell::new(0);
    let config = Config { cases: 64, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&prop::collection::vec(step(), 1..30), |steps| {
        seed.set(seed.get() + 1);
        runtime.block_on(play(&*store, &steps, seed.get()));
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(runtime.block_on(audit(&*store, &|_| ())).unwrap().findings, []);
}
