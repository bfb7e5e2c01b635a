//! Signed checkpoints in an archive. Each says all that those before it said, so they are kept for whoever looks for the time at
//! which something was changed.

use vibesheets_core::durability::names;

use super::{Archive, ArchiveError};

/// The largest checkpoint that is read, in bytes: more than the lines of a hundred thousand organisations.
pub const MOST_CHECKPOINT_BYTES: u64 = 16 * 1024 * 1024;

impl Archive {
    /// Adds a checkpoint. One that is there already with the same bytes is as good.
    ///
    /// # Errors
    /// [`ArchiveError::Diverged`] where another one is there.
    pub async fn put_checkpoint(&self, file: &str, note: &str) -> Result<(), ArchiveError> {
        let object = object(file);
        match self.create(&object, note.as_bytes().to_vec()).await {
            Err(object_store::Error::AlreadyExists { .. }) => {}
            other => return other.map_err(|error| self.unreachable(&error)),
        }
        if self.read(&object, MOST_CHECKPOINT_BYTES).await? == note.as_bytes() {
            return Ok(());
        }
        Err(ArchiveError::Diverged { place: self.place().to_string(), object })
    }

    /// The files of all checkpoints, the oldest first.
    ///
    /// # Errors
    /// [`ArchiveError::Unreachable`].
    pub async fn list_checkpoints(&self) -> Result<Vec<String>, ArchiveError> {
        let mut files = self.list(names::CHECKPOINTS).await?;
        files.retain(|file| names::is_checkpoint(file));
        files.sort();
        Ok(files)
    }

    /// A checkpoint as it was written, signed or not.
    ///
    /// # Errors
    /// [`ArchiveError::Damaged`] for what is no text.
    pub async fn read_checkpoint(&self, file: &str) -> Result<String, ArchiveError> {
        let object = object(file);
        String::from_utf8(self.read(&object, MOST_CHECKPOINT_BYTES).await?)
            .map_err(|_| self.damaged(&object, &"is no text"))
    }

    /// Removes a checkpoint.
    ///
    /// # Errors
    /// [`ArchiveError::Unreachable`].
    pub(crate) async fn remove_checkpoint(&self, file: &str) -> Result<(), ArchiveError> {
        self.remove(object(file)).await
    }
}

fn object(file: &str) -> String {
    format!("{}/{file}", names::CHECKPOINTS)
}
