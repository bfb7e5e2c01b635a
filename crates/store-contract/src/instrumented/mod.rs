//! A store that writes down what it is asked and fails where it is told to.

mod accounts;
mod directory;
mod journal;
mod timesheets;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use tokio::sync::oneshot;
use vibesheets_core::store::{Store, StoreError};

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
}

#[derive(Default)]
struct State {
    calls: Vec<&'static str>,
    faults: Vec<(usize, Fault)>,
    gates: Vec<Gate>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Read,
    Write,
}

impl Instrumented {
    /// Passes everything on to `store`.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store, state: Mutex::default() }
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

    /// Writes the call down; how it is to fail, if at all.
    fn log(&self, call: &'static str) -> Option<Fault> {
        let mut state = self.state();
        let number = state.calls.len();
        state.calls.push(call);
        state.faults.iter().find(|(at, _)| *at == number).map(|(_, fault)| *fault)
    }

    /// The gate of the call that was written down last.
    fn gate(&self) -> Option<Gate> {
        let mut state = self.state();
        let last = state.calls.len().checked_sub(1)?;
        let place = state.gates.iter().position(|gate| gate.call == last)?;
        Some(state.gates.remove(place))
    }

    async fn around<T>(
        &self,
        call: &'static str,
        kind: Kind,
        inner: impl Future<Output = Result<T, StoreError>> + Send,
    ) -> Result<T, StoreError> {
        let fault = self.log(call);
        let gate = self.gate();
        match (fault, kind) {
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
        }
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
