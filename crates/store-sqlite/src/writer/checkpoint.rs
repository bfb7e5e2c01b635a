//! Copying the log into the file beside the writer, so that no commit waits for it.

use std::{
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread::JoinHandle,
};

use rusqlite::Connection;

/// Pages of log that are worth copying, 4 KiB each: a page that many writes touched is copied once for all of them.
const PAGES_WORTH_COPYING: i64 = 32_768;

/// The copying thread. It never blocks the writer; what it leaves behind under a load without a pause, the writer's own
/// checkpoint copies when the log has grown long.
pub(super) struct Checkpoints {
    /// `None` only while the thread is being ended.
    due: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpoints {
    /// Starts the thread on a connection of its own.
    pub(super) fn start(connection: Connection) -> std::io::Result<Self> {
        let (due, waiting) = sync_channel(1);
        let thread = std::thread::Builder::new()
            .name("vibesheets-checkpoints".to_owned())
            .spawn(move || copy_when_due(&connection, &waiting))?;
        Ok(Self { due: Some(due), thread: Some(thread) })
    }

    /// Has the log copied if it has grown enough since it was last; `writer` is asked how much that is.
    pub(super) fn after_commit(&self, writer: &Connection) {
        if outstanding_pages(writer).is_ok_and(|pages| pages >= PAGES_WORTH_COPYING)
            && let Some(due) = &self.due
        {
            // A full channel means that the thread is told already.
            let _ = due.try_send(());
        }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.due = None;
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

fn copy_when_due(connection: &Connection, waiting: &Receiver<()>) {
    while waiting.recv().is_ok() {
        // Passive: waits for nobody and makes nobody wait.
        let copied = connection
            .prepare_cached("PRAGMA wal_checkpoint(PASSIVE)")
            .and_then(|mut statement| statement.query_row((), |_| Ok(())));
        if let Err(error) = copied {
            tracing::warn!(%error, "could not copy the log into the file; the writer will");
        }
    }
}
