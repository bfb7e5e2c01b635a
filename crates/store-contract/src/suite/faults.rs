//! Whatever call fails, however it fails: a command that is retried with its id has one effect and one answer (I4), and
//! nothing is half written (I5).

use std::sync::Arc;

use vibesheets_core::{audit::audit, store::Store};

use crate::{
    Fault, Instrumented,
    steps::{FailingOnce, each_step_has_one_effect_whatever_call_fails},
};

pub async fn whatever_call_fails_a_retried_command_has_one_effect_and_one_answer(store: Arc<dyn Store>) {
    for (fault, first_seed) in Fault::ALL.into_iter().zip((1..).step_by(100_000)) {
        let failing = |call| -> FailingOnce {
            let instrumented = Arc::new(Instrumented::new(Arc::clone(&store)));
            instrumented.fail(call, fault);
            let faulty = Arc::clone(&instrumented);
            (faulty, Box::new(move || instrumented.calls().len() > call))
        };
        each_step_has_one_effect_whatever_call_fails(&store, &format!("{fault:?}"), first_seed, failing)
            .await;
    }
    assert_eq!(audit(&*store, &|_| ()).await.unwrap().findings, []);
}
