//! Copying the log into the file beside the writer, so that no commit waits for it.

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use rusqlite::Connection;
use tokio::sync::oneshot;

/// Pages of log that are worth copying, 4 KiB each: a page that many writes touched is copied once for all of them.
const PAGES_WORTH_COPYING: i64 = 32_768;

/// How long the writer may be kept waiting for readers while the log is being emptied.
const WAIT_FOR_READERS: Duration = Duration::from_millis(100);
/// How often it is looked whether readers are gone.
const MOST_LOOKS: usize = 50;

/// What the copying thread is told.
enum Due {
    /// Copy what nobody needs in the log any more.
    Copy,
    /// Copy all and cut the log off; whether that was done.
    Empty(oneshot::Sender<bool>),
    End,
}

/// Has the log emptied.
pub(super) struct LogEmptier(SyncSender<Due>);

impl LogEmptier {
    /// Whether nothing is left in the log.
    pub(super) async fn empty(&self) -> bool {
        let (answer, answered) = oneshot::channel();
        let due = self.0.clone();
        // A full channel means that the thread is copying just now.
        let sent = tokio::task::spawn_blocking(move || due.send(Due::Empty(answer)).is_ok()).await;
        sent.unwrap_or(false) && answered.await.unwrap_or(false)
    }
}

/// The copying thread. It never blocks the writer; what it leaves behind under a load without a pause, the writer's own
/// checkpoint copies when the log has grown long.
pub(super) struct Checkpoints {
    due: SyncSender<Due>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpoints {
    /// Starts the thread on a connection of its own.
    pub(super) fn start(connection: Connection) -> std::io::Result<Self> {
        let (due, waiting) = sync_channel(1);
        let thread = thread::Builder::new()
            .name("vibesheets-checkpoints".to_owned())
            .spawn(move || copy_when_due(&connection, &waiting))?;
        Ok(Self { due, thread: Some(thread) })
    }

    /// For others than the writer.
    pub(super) fn log_emptier(&self) -> LogEmptier {
        LogEmptier(self.due.clone())
    }

    /// Has the log copied if it has grown enough since it was last; `writer` is asked how much that is.
    pub(super) fn after_commit(&self, writer: &Connection) {
        if outstanding_pages(writer).is_ok_and(|pages| pages >= PAGES_WORTH_COPYING) {
            // A full channel means that the thread is told already.
            let _ = self.due.try_send(Due::Copy);
        }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        // Fails only where the thread has ended.
        let _ = self.due.send(Due::End);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread for checkpoints had panicked");
        }
    }
}

/// Pages in the log that are not in the file yet; does no work (<https://sqlite.org/pragma.html#pragma_wal_checkpoint>).
fn outstanding_pages(connection: &Connection) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("PRAGMA wal_checkpoint(NOOP)")?
        .query_row((), |row| Ok(row.get::<_, i64>(1)? - row.get::<_, i64>(2)?))
}

#[expect(clippy::disallowed_methods, reason = "how long it waits for readers, which nobody else measures")]
fn copy_when_due(connection: &Connection, waiting: &Receiver<Due>) {
    // A server that was killed left its log, and in it what was erased since; one that ended has none.
    empty(connection);
    // Who waits for the log to be emptied, how often readers were in the way since the last of them asked, and when to look next.
    let (mut asked, mut looks, mut next_look) = (Vec::new(), 0, Instant::now());
    loop {
        let due = if asked.is_empty() {
            waiting.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            waiting.recv_timeout(next_look.saturating_duration_since(Instant::now()))
        };
        match due {
            Ok(Due::Copy) => {
                copy(connection);
                continue;
            }
            Ok(Due::Empty(answer)) => {
                asked.push(answer);
                looks = 0;
            }
            Err(RecvTimeoutError::Timeout) => {}
            // Whoever asked sees that nobody answers any more.
            Ok(Due::End) | Err(RecvTimeoutError::Disconnected) => return,
        }
        looks += 1;
        let emptied = empty(connection);
        next_look = Instant::now() + WAIT_FOR_READERS;
        if emptied != Some(false) || looks == MOST_LOOKS {
            for answer in asked.drain(..) {
                // They may be gone.
                let _ = answer.send(emptied == Some(true));
            }
        }
    }
}

/// Passive: waits for nobody and makes nobody wait.
fn copy(connection: &Connection) {
    let copied = connection
        .prepare_cached("PRAGMA wal_checkpoint(PASSIVE)")
        .and_then(|mut statement| statement.query_row((), |_| Ok(())));
    if let Err(error) = copied {
        tracing::warn!(%error, "could not copy the log into the file; the writer will");
    }
}

/// Whether the log was cut off, or readers are in the way; `None` where that failed. The writer waits meanwhile, so that most of
/// the log is copied before.
fn empty(connection: &Connection) -> Option<bool> {
    copy(connection);
    let emptied = connection.busy_timeout(WAIT_FOR_READERS).and_then(|()| {
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |row| Ok(row.get::<_, i64>(0)? == 0))
    });
    emptied.inspect_err(|error| tracing::warn!(%error, "could not empty the log")).ok()
}
