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
            outcome = &mut task => return outcome.map_err(Problem::internal)?.map_err(Problem::from),
            () = gets_on.notified() => {}
            () = sleep(PATIENCE) => return Err(Problem::unavailable("got nowhere for 30 seconds")),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use tokio::time::Instant;
    use vibesheets_core::actions::Refusal;

    use super::*;
    use crate::problem::Code;

    #[tokio::test]
    async fn an_outcome_is_handed_on() {
        assert_eq!(watched(async |_| Ok(7)).await.ok(), Some(7));
        let refused = watched(async |_| Err::<(), _>(Refusal::Forbidden.into())).await;
        assert_eq!(refused.expect_err("refused").code, Code::Forbidden);
    }
}
