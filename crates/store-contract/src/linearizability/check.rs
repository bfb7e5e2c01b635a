//! Many histories on one store, each of an organisation of its own, checked as they end.

use std::{fmt, sync::Arc};

use futures_util::{StreamExt, stream};
use vibesheets_core::store::Store;

use super::{
    history::{Operation, Outcome, Request},
    order::{can_be_ordered, shortest},
    plan::Plan,
    record::record,
};
use crate::{
    Defect, Instrumented,
    support::{Lab, SeededRandom},
};

/// Histories under way at once, so that members also share the store's attention.
const AT_ONCE: usize = 4;

/// Which histories to check.
#[derive(Debug, Clone, Copy)]
pub struct HistoriesToCheck {
    /// The same seed makes up the same plans. How clients get in each other's way is for the machine to say.
    pub seed: u64,
    /// How many.
    pub histories: usize,
    /// Whether calls of the store fail on order.
    pub with_faults: bool,
    /// What is broken on purpose, to see it found.
    pub defect: Option<Defect>,
}

/// What was checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Checked {
    /// Histories, all of them linearizable.
    pub histories: usize,
    /// What clients asked in them.
    pub operations: usize,
    /// Of these, asked before another one about the same clock was answered.
    pub concurrent: usize,
    /// Requests whose outcome the store did not tell.
    pub outcomes_unknown: usize,
    /// Requests that the store says it did not carry out.
    pub not_applied: usize,
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { histories, operations, concurrent, outcomes_unknown, not_applied } = self;
        write!(
            f,
            "{histories} histories of {operations} requests, {concurrent} of them beside others; outcome unknown of \
                   {outcomes_unknown}, not carried out {not_applied}. Violations: 0."
        )
    }
}

/// A history that no clock explains.
pub struct Violation {
    /// How many histories had begun when it was found, itself included.
    pub after_histories: usize,
    story: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.story)
    }
}

/// As for people: this is what a test that unwraps prints.
impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.story)
    }
}

/// Records histories on `store` and looks for an order in each. Needs a runtime of several threads, or clients only
/// take turns where they wait.
///
/// # Errors
/// The first history without an order, cut to what contradicts itself.
pub async fn check_histories(
    store: Arc<dyn Store>,
    histories: HistoriesToCheck,
) -> Result<Checked, Violation> {
    let running = (0..histories.histories).map(|number| {
        let store = Arc::clone(&store);
        async move { tokio::spawn(check_one(store, histories, number)).await.expect("no history panics") }
    });
    let mut running = stream::iter(running).buffered(AT_ONCE);
    let mut sum = Checked::default();
    while let Some(checked) = running.next().await {
        let Checked { histories, operations, concurrent, outcomes_unknown, not_applied } = checked?;
        sum.histories += histories;
        sum.operations += operations;
        sum.concurrent += concurrent;
        sum.outcomes_unknown += outcomes_unknown;
        sum.not_applied += not_applied;
    }
    Ok(sum)
}

async fn check_one(
    store: Arc<dyn Store>,
    HistoriesToCheck { seed, with_faults, defect, .. }: HistoriesToCheck,
    number: usize,
) -> Result<Checked, Violation> {
    let seed_of_history = SeededRandom::new(seed.wrapping_add(number as u64)).next_number();
    let plan = Plan::new(seed_of_history, with_faults);
    let lab = Lab::new(seed_of_history);
    let team = lab.found(&*store, plan.members).await;
    let mut instrumented = Instrumented::new(store).yielding(seed_of_history);
    if let Some(defect) = defect {
        instrumented = instrumented.broken(defect, seed_of_history);
    }
    for (call, fault) in &plan.faults {
        instrumented.fail(*call, *fault);
    }
    let violation = |story: String| Violation {
        after_histories: number + 1,
        story: format!("history {number} of seed {seed} is not linearizable:\n{story}"),
    };
    let operations = record(Arc::new(instrumented), &plan, team, seed_of_history, lab.now()).await;
    let operations = operations.map_err(|unexplained| violation(unexplained.0))?;
    for member in 0..plan.members {
        let own: Vec<Operation> =
            operations.iter().filter(|operation| operation.member == member).cloned().collect();
        if !can_be_ordered(&own) {
            return Err(violation(tell(member, &shortest(&own))));
        }
    }
    Ok(counted(&operations))
}

fn tell(member: usize, operations: &[Operation]) -> String {
    let lines: String = operations.iter().map(|operation| format!("  {operation}\n")).collect();
    format!("member {member}, what contradicts itself, each from its call to its answer:\n{lines}")
}

fn counted(operations: &[Operation]) -> Checked {
    let overlaps = |one: &Operation, other: &Operation| {
        let ends = |operation: &Operation| operation.answered.unwrap_or(u64::MAX);
        one.member == other.member && other.called < ends(one) && one.called < ends(other)
    };
    let is_concurrent = |(index, one): &(usize, &Operation)| {
        operations.iter().enumerate().any(|(other, operation)| other != *index && overlaps(one, operation))
    };
    let unknown = |one: &&Operation| one.answered.is_none() && matches!(one.request, Request::Press { .. });
    Checked {
        histories: 1,
        operations: operations.len(),
        concurrent: operations.iter().enumerate().filter(is_concurrent).count(),
        outcomes_unknown: operations.iter().filter(unknown).count(),
        not_applied: operations.iter().filter(|one| one.outcome == Outcome::NotApplied).count(),
    }
}
