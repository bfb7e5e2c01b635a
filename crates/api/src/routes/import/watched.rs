//! Long work that is watched: it may take as long as it likes while it gets on.

use std::{sync::Arc, time::Duration};

use tokio::{runtime::Handle, select, sync::Notify, task::spawn_blocking, time::sleep};
use vibesheets_core::actions::ActionError;

use crate::problem::Problem;

/// How long a body or an import may stand still.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Does `work` on a thread of its own, where it holds up nobody. `work` calls what it is given whenever it gets on;
/// where it does not for [`PATIENCE`], it is no longer waited for. It goes on to its end all the same, also when the
/// client has gone: what it writes is safe to begin again.
pub async fn watched<T, F>(work: F) -> Result<T, Problem>
where
    T: Send + 'static,
    F: AsyncFnOnce(&(dyn Fn(u64, u64) + Send + Sync)) -> Result<T, ActionError> + Send + 'static,
{
    let gets_on = Arc::new(Notify::new());
    let told = Arc::clone(&gets_on);
    let runtime = Handle::current();
    let mut task = spawn_blocking(move || runtime.block_on(work(&|_, _| told.notify_one())));
    loop {
        select! {
            // Whoever got on in the last moment got on.
            biased;
            outcome = &mut task => return outcome.map_err(Problem::internal)?.map_err(Problem::from),
            () = gets_on.notified() => {}
            () = sleep(PATIENCE) => return Err(Problem::unavailable("got nowhere for 30 seconds")),
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::{
        sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
        task::JoinHandle,
        time::advance,
    };
    use vibesheets_core::actions::Refusal;

    use super::*;
    use crate::problem::Code;

    type Watched = JoinHandle<Result<(), Problem>>;

    /// Work that gets on once for each message and says so, and ends with the sender.
    fn work_by_messages() -> (UnboundedSender<()>, UnboundedReceiver<()>, Watched) {
        let (go_on, mut told) = unbounded_channel();
        let (got_on, seen) = unbounded_channel();
        let watched = tokio::spawn(watched(async move |progress| {
            while told.recv().await.is_some() {
                progress(1, 2);
                got_on.send(()).expect("the test listens");
            }
            Ok(())
        }));
        (go_on, seen, watched)
    }

    #[tokio::test]
    async fn an_outcome_is_handed_on() {
        assert_eq!(watched(async |_| Ok(7)).await.ok(), Some(7));
        let refused = watched(async |_| Err::<(), _>(Refusal::Forbidden.into())).await;
        assert_eq!(refused.expect_err("refused").code, Code::Forbidden);
    }

    #[tokio::test(start_paused = true)]
    async fn work_that_gets_on_is_waited_for_however_long_it_takes() {
        let (go_on, mut seen, watched) = work_by_messages();
        for _ in 0..10 {
            advance(PATIENCE - Duration::from_secs(1)).await;
            go_on.send(()).expect("the work listens");
            seen.recv().await.expect("it got on");
        }
        drop(go_on);
        assert!(watched.await.expect("no panic").is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn work_that_stands_still_is_not_waited_for_and_goes_on_to_its_end() {
        let (go_on, mut seen, watched) = work_by_messages();
        go_on.send(()).expect("the work listens");
        seen.recv().await.expect("it got on");
        while !watched.is_finished() {
            advance(PATIENCE).await;
        }
        let problem = watched.await.expect("no panic").expect_err("it stood still");
        assert_eq!(problem.code, Code::Unavailable);
        go_on.send(()).expect("the work still listens");
        seen.recv().await.expect("and still gets on");
    }
}
