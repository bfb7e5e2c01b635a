//! One write on its way through the writer.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;
use vibesheets_core::store::StoreError;

use super::Write;
use crate::Failure;

/// What came of applying a job, before the group's commit.
pub(super) enum Applied {
    /// Done, if the group is committed.
    Done,
    /// Refused; its savepoint is to be rolled back, the group goes on.
    Refused,
    /// The engine failed; the whole group is to be rolled back.
    GroupFailed(StoreError),
}

/// A job of any answer type.
pub(super) trait Job: Send {
    /// Whether it takes a commit number.
    fn is_numbered(&self) -> bool;

    /// Does its work inside a savepoint. Called once.
    fn apply(&mut self, write: &Write<'_>) -> Applied;

    /// Answers: with what `apply` found, or with what became of the group.
    fn answer(self: Box<Self>, group: Result<(), StoreError>);
}

/// A job that is still to be applied, or is applied and still to be answered.
pub(super) struct Pending<F, T> {
    numbered: bool,
    work: Option<F>,
    result: Option<Result<T, StoreError>>,
    answer: oneshot::Sender<Result<T, StoreError>>,
}

impl<F, T> Pending<F, T> {
    pub(super) fn new(numbered: bool, work: F, answer: oneshot::Sender<Result<T, StoreError>>) -> Self {
        Self { numbered, work: Some(work), result: None, answer }
    }
}

impl<F, T> Job for Pending<F, T>
where
    F: FnOnce(&Write<'_>) -> Result<T, Failure> + Send,
    T: Send,
{
    fn is_numbered(&self) -> bool {
        self.numbered
    }

    fn apply(&mut self, write: &Write<'_>) -> Applied {
        let Some(work) = self.work.take() else { return Applied::Refused };
        // A defect in one write must not take the only writer down; its savepoint is rolled back.
        let result = catch_unwind(AssertUnwindSafe(|| work(write)))
            .unwrap_or_else(|_| Err(StoreError::Internal("a write panicked".to_owned()).into()));
        match result {
            Ok(value) => {
                self.result = Some(Ok(value));
                Applied::Done
            }
            Err(failure) if failure.ends_transaction => Applied::GroupFailed(failure.error),
            Err(failure) => {
                self.result = Some(Err(failure.error));
                Applied::Refused
            }
        }
    }

    fn answer(self: Box<Self>, group: Result<(), StoreError>) {
        let Self { result, answer, .. } = *self;
        // What was refused stays refused, whatever becomes of the others.
        let told = match (result, group) {
            (Some(Err(refusal)), _) => Err(refusal),
            (_, Err(error)) => Err(error),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => Err(StoreError::Internal("a write was left out of its group".to_owned())),
        };
        // Whoever asked may be gone; what was written stays, and the same command id finds it.
        let _ = answer.send(told);
    }
}
