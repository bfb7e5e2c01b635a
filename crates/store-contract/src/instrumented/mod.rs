//! A store that writes down what it is asked and fails where it is told to.

mod accounts;
mod defect;
mod directory;
mod erasure;
mod journal;
mod sign_in_attempts;
mod timesheets;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use tokio::sync::oneshot;
use vibesheets_core::store::{Store, StoreError};

pub use defect::Defect;

use crate::support::SeededRandom;

/// The most turns that others get at each end of a call.
const MOST_TURNS: u64 = 4;

/// How a call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing happens: `Unavailable`.
    Before,
    /// A write happens and is not acknowledged: `OutcomeUnknown`. A read's answer is lost: `Unavailable`.
    After,
    /// A write is told that somebody else was first; a read fails as with [`Fault::Before`].
    Conflict,
}

impl Fault {
    /// Every way to fail.
    pub const ALL: [Self; 3] = [Self::Before, Self::After, Self::Conflict];
}

/// A call that was made and whose answer is held back, so that others can be first.
pub struct Held {
    made: oneshot::Receiver<()>,
    go_on: oneshot::Sender<()>,
}

impl Held {
    /// Waits until the call was made; its answer is still on the way.
    pub async fn made(&mut self) {
        (&mut self.made).await.expect("the call is made");
    }

    /// Lets the answer arrive.
    pub fn go_on(self) {
        self.go_on.send(()).expect("the call waits for its answer");
    }
}

/// Where one call waits.
struct Gate {
    call: usize,
    made: oneshot::Sender<()>,
    go_on: oneshot::Receiver<()>,
}

/// Another store, with a log of the calls and faults to come.
pub struct Instrumented {
    store: Arc<dyn Store>,
    state: Mutex<State>,
    defect: Option<Defect>,
    /// Says how often others get a turn before and after each call; `None` for never.
    turns: Option<SeededRandom>,
}

#[derive(Default)]
struct State {
    calls: Vec<&'static str>,
    faults: Vec<(usize, Fault)>,
    gates: Vec<Gate>,
    memory: defect::Memory,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Read,
    Write,
}

impl Instrumented {
    /// Passes everything on to `store`.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store, state: Mutex::default(), defect: None, turns: None }
    }

    /// Gives others some turns before and after each call, as `seed` says, and between two parts of a timesheet, as the
    /// port allows.
    #[must_use]
    pub fn yielding(mut self, seed: u64) -> Self {
        self.turns = Some(SeededRandom::new(seed));
        self
    }

    async fn give_turns(&self) {
        let turns = self.turns.as_ref().map_or(0, |random| random.next_number() % MOST_TURNS);
        for _ in 0..turns {
            tokio::task::yield_now().await;
        }
    }

    /// Lets call number `call` fail, counted from 0 since this was made.
    pub fn fail(&self, call: usize, fault: Fault) {
        self.state().faults.push((call, fault));
    }

    /// Holds the answer of call number `call` back, counted from 0 since this was made.
    pub fn hold(&self, call: usize) -> Held {
        let (made, has_made) = oneshot::channel();
        let (go_on, may_go_on) = oneshot::channel();
        self.state().gates.push(Gate { call, made, go_on: may_go_on });
        Held { made: has_made, go_on }
    }

    /// The names of the calls so far.
    pub fn calls(&self) -> Vec<&'static str> {
        self.state().calls.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes the call down; how it is to fail, if at all, and where it waits.
    fn log(&self, call: &'static str) -> (Option<Fault>, Option<Gate>) {
        let mut state = self.state();
        let number = state.calls.len();
        state.calls.push(call);
        let fault = state.faults.iter().find(|(at, _)| *at == number).map(|(_, fault)| *fault);
        let place = state.gates.iter().position(|gate| gate.call == number);
        (fault, place.map(|place| state.gates.remove(place)))
    }

    async fn around<T>(
        &self,
        call: &'static str,
        kind: Kind,
        inner: impl Future<Output = Result<T, StoreError>> + Send,
    ) -> Result<T, StoreError> {
        self.give_turns().await;
        let (fault, gate) = self.log(call);
        let result = match (fault, kind) {
            (None, _) => {
                let answer = inner.await;
                if let Some(Gate { made, go_on, .. }) = gate {
                    // Whoever holds the call may have gone; then nothing is held.
                    let _ = made.send(());
                    let _ = go_on.await;
                }
                answer
            }
            (Some(Fault::Conflict), Kind::Write) => Err(StoreError::Conflict { current: None }),
            (Some(Fault::After), Kind::Write) => {
                inner.await?;
                Err(StoreError::OutcomeUnknown { reason: format!("{call} was told to lose its answer") })
            }
            (Some(_), _) => Err(unavailable(call)),
        };
        self.give_turns().await;
        result
    }

    async fn read<T>(
        &self,
        call: &'static str,
        inner: impl Future<Output = Result<T, StoreError>> + Send,
    ) -> Result<T, StoreError> {
        self.around(call, Kind::Read, inner).await
    }

    async fn write<T>(
        &self,
        call: &'static str,
        inner: impl Future<Output = Result<T, StoreError>> + Send,
    ) -> Result<T, StoreError> {
        self.around(call, Kind::Write, inner).await
    }
}

fn unavailable(call: &str) -> StoreError {
    StoreError::Unavailable { reason: format!("{call} was told to fail") }
}

#[async_trait]
impl Store for Instrumented {
    async fn check(&self) -> Result<(), StoreError> {
        self.read("check", self.store.check()).await
    }
}
