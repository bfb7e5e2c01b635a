//! Read-only connections, lent one at a time.

use std::{
    ops::Deref,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use rusqlite::Connection;
use vibesheets_core::store::StoreError;

use crate::{Failure, open};

/// Idle connections beyond this are closed when they come back.
const MOST_IDLE: usize = 8;

/// The pool. Each connection sees a committed state of its own choosing and never waits for the writer.
pub(crate) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    /// Held until the last connection is closed.
    _held: Arc<open::Held>,
}

impl Readers {
    pub(crate) fn new(path: PathBuf, held: Arc<open::Held>) -> Self {
        Self { path, idle: Mutex::default(), _held: held }
    }

    /// Lends a connection; a new one where none is idle.
    pub(crate) fn lend(&self) -> Result<Reader<'_>, Failure> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => open::reader(&self.path)?,
        };
        Ok(Reader { readers: self, connection: Some(connection) })
    }

    /// Closes what nobody has on loan.
    pub(crate) fn close_idle(&self) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Reads on the calling thread: for what takes microseconds.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Failure>,
    ) -> Result<T, StoreError> {
        let reader = self.lend()?;
        Ok(read(&reader)?)
    }

    /// Reads on a thread that may wait for the disk.
    pub(crate) async fn read_long<T: Send + 'static>(
        self: &Arc<Self>,
        read: impl FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, StoreError> {
        let readers = Arc::clone(self);
        tokio::task::spawn_blocking(move || readers.read(read))
            .await
            .unwrap_or_else(|error| Err(StoreError::Internal(format!("a read panicked: {error}"))))
    }
}

/// A connection on loan.
pub(crate) struct Reader<'a> {
    readers: &'a Readers,
    connection: Option<Connection>,
}

impl Deref for Reader<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection.as_ref().expect("the connection is taken only when the loan ends")
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        // A read that failed half way may have left its transaction open.
        let clean = connection.is_autocommit() || connection.execute_batch("ROLLBACK").is_ok();
        let mut idle = self.readers.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if clean && idle.len() < MOST_IDLE {
            idle.push(connection);
        }
    }
}

/// Runs `read` on one committed state of the database.
pub(crate) fn snapshot<T>(
    connection: &Connection,
    read: impl FnOnce(&Connection) -> Result<T, Failure>,
) -> Result<T, Failure> {
    connection.prepare_cached("BEGIN")?.execute(())?;
    let result = read(connection);
    connection.prepare_cached("COMMIT")?.execute(())?;
    result
}
