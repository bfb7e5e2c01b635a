//! Lets clients do what they plan to do, at once, and writes down when they asked and were answered.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use futures_util::future::try_join_all;
use jiff::{SignedDuration, Timestamp};
use vibesheets_core::{
    CommandId, Entry, EntryId,
    actions::{
        ActionError, ClockAction, ClockRequest, ClockState, Command, Context, Refusal, clock, once, status,
    },
    journal::Hash,
    store::{Answer, Store, StoreError},
    time::Instant,
};

use super::{
    history::{Operation, Outcome, Pressed, Request},
    plan::{Plan, Step},
};
use crate::support::{FixedTime, SeededRandom, TestOrganisation};

/// How often a client asks again where it was not told what became of its request.
const MOST_RETRIES: usize = 2;

/// What a client was told that no clock tells.
#[derive(Debug)]
pub(super) struct Unexplained(pub String);

/// The clients' common world.
struct World {
    store: Arc<dyn Store>,
    team: TestOrganisation,
    seed: u64,
    began: Timestamp,
    seconds_for_each_tick: i64,
    ticks: AtomicU64,
    operations: Mutex<Vec<Operation>>,
}

/// Carries the plan out on `store`, for the members of `team`; `began` is the time at its beginning. In the end one
/// client looks at every clock.
///
/// # Errors
/// Where a client was told something that is no answer to what it asked.
pub(super) async fn record(
    store: Arc<dyn Store>,
    plan: &Plan,
    team: TestOrganisation,
    seed: u64,
    began: Timestamp,
) -> Result<Vec<Operation>, Unexplained> {
    let world = Arc::new(World {
        store,
        team,
        seed,
        began,
        seconds_for_each_tick: plan.seconds_for_each_tick,
        ticks: AtomicU64::new(0),
        operations: Mutex::default(),
    });
    let clients = plan.clients.iter().enumerate().map(|(client, steps)| {
        let (world, steps) = (Arc::clone(&world), steps.clone());
        tokio::spawn(async move { world.play(client, &steps).await })
    });
    for played in try_join_all(clients).await.expect("no client panics") {
        played?;
    }
    let looks: Vec<Step> =
        (0..plan.members).map(|member| Step { member, request: Request::Status }).collect();
    world.play(plan.clients.len(), &looks).await?;
    let operations = std::mem::take(&mut *world.operations.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(operations)
}

impl World {
    async fn play(&self, client: usize, steps: &[Step]) -> Result<(), Unexplained> {
        for step in steps {
            for _ in 0..=MOST_RETRIES {
                let operation = self.ask(client, *step).await?;
                let is_told = operation.answered.is_some() && operation.outcome != Outcome::NotApplied;
                self.operations.lock().unwrap_or_else(PoisonError::into_inner).push(operation);
                if is_told {
                    break;
                }
            }
        }
        Ok(())
    }

    async fn ask(&self, client: usize, Step { member, request }: Step) -> Result<Operation, Unexplained> {
        let called = self.ticks.fetch_add(1, Ordering::SeqCst);
        let now = i64::try_from(called).unwrap_or(0) * self.seconds_for_each_tick;
        let time = FixedTime::new(self.began + SignedDuration::from_secs(now));
        let random = SeededRandom::new(self.seed ^ (called + 1) << 32);
        let context = Context { store: &*self.store, time: &time, random: &random };
        let about_to_answer = Mutex::new(None);
        let result = match request {
            Request::Status => self.look(context, member).await,
            Request::Press { action, command } => {
                self.press(context, member, action, command, &about_to_answer).await
            }
        };
        let answered = self.ticks.fetch_add(1, Ordering::SeqCst);
        let about_to_answer = about_to_answer.into_inner().unwrap_or_else(PoisonError::into_inner);
        let (outcome, is_known) = outcome(result, about_to_answer)
            .map_err(|told| Unexplained(format!("client {client} asked {request:?} and was told {told}")))?;
        Ok(Operation {
            client,
            member,
            request,
            now,
            called,
            answered: is_known.then_some(answered),
            outcome,
        })
    }

    async fn look(&self, context: Context<'_>, member: usize) -> Result<Outcome, ActionError> {
        let shown = status(context, &self.team.members[member]).await?;
        Ok(Outcome::Shown { open: shown.entry.map(|entry| entry.id), today_seconds: shown.today_seconds })
    }

    async fn press(
        &self,
        context: Context<'_>,
        member: usize,
        action: ClockAction,
        command: usize,
        about_to_answer: &Mutex<Option<Pressed>>,
    ) -> Result<Outcome, ActionError> {
        let caller = &self.team.members[member];
        let request =
            ClockRequest { action, project_id: None, note: None, tags: None, billable: None, at: None };
        let id = CommandId::derive("history", &[&self.seed.to_be_bytes(), &command.to_be_bytes()]);
        let digest = Hash::of(&[format!("{action:?}").as_bytes()]);
        let command = Command { id, digest, may_be_repeated: true };
        let render = |entry: &Entry, state: &ClockState| {
            let pressed = self.pressed(entry, state);
            *about_to_answer.lock().unwrap_or_else(PoisonError::into_inner) = Some(pressed);
            write(pressed)
        };
        let answer =
            once(context, caller, command, clock(context, caller, command, &request, render)).await?;
        let unreadable = || StoreError::Internal("an answer that was never given".to_owned());
        Ok(Outcome::Pressed(read(&answer).ok_or_else(unreadable)?))
    }

    fn pressed(&self, entry: &Entry, state: &ClockState) -> Pressed {
        let since = |at: Instant| at.unix_seconds() - self.began.as_second();
        Pressed {
            entry: entry.id,
            start: since(entry.start),
            end: entry.end.map(since),
            today_seconds: state.today_seconds,
        }
    }
}

/// What the client was told and whether that is certain, or what it cannot have been told.
fn outcome(
    result: Result<Outcome, ActionError>,
    about_to_answer: Option<Pressed>,
) -> Result<(Outcome, bool), String> {
    match (result, about_to_answer) {
        (Ok(outcome), _) => Ok((outcome, true)),
        (Err(ActionError::Refused(refusal)), _) => match refusal {
            Refusal::AlreadyClockedIn(entry) => Ok((Outcome::AlreadyClockedIn(entry.id), true)),
            Refusal::NotClockedIn => Ok((Outcome::NotClockedIn, true)),
            Refusal::Overlap(entry) => Ok((Outcome::Overlap(entry.id), true)),
            Refusal::CommandReused => Ok((Outcome::CommandReused, true)),
            Refusal::NotAllowed(reason) if reason.code == "open_entry_ahead" => {
                Ok((Outcome::OpenEntryAhead, true))
            }
            other => Err(format!("{other:?}")),
        },
        (Err(ActionError::Store(StoreError::Unavailable { .. })), _) => Ok((Outcome::NotApplied, true)),
        (Err(ActionError::Store(StoreError::OutcomeUnknown { .. })), Some(pressed)) => {
            Ok((Outcome::Pressed(pressed), false))
        }
        (Err(ActionError::Store(error)), _) => Err(format!("{error:?}")),
    }
}

fn write(Pressed { entry, start, end, today_seconds }: Pressed) -> Answer {
    let end = end.map_or_else(|| "-".to_owned(), |end| end.to_string());
    Answer(format!("{entry} {start} {end} {today_seconds}").into_bytes())
}

fn read(answer: &Answer) -> Option<Pressed> {
    let text = std::str::from_utf8(&answer.0).ok()?;
    let mut parts = text.split(' ');
    let entry: EntryId = parts.next()?.parse().ok()?;
    let start = parts.next()?.parse().ok()?;
    let end = match parts.next()? {
        "-" => None,
        seconds => Some(seconds.parse().ok()?),
    };
    let today_seconds = parts.next()?.parse().ok()?;
    Some(Pressed { entry, start, end, today_seconds })
}
