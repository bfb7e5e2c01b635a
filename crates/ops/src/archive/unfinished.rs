//! What an interrupted writing left in an archive.

use std::{collections::HashSet, io::ErrorKind, path::PathBuf};

use futures_util::TryStreamExt;
use jiff::Timestamp;
use object_store::{ObjectMeta, path::Path};
use vibesheets_core::durability::names;

use super::{Archive, ArchiveError, ArchivePlace};

impl Archive {
    /// Removes what is from before `before` and was never finished: files of snapshots without a manifest, and in a folder files
    /// that have no name of ours yet.
    ///
    /// # Errors
    /// [`ArchiveError::Unreachable`].
    pub(crate) async fn remove_unfinished(&self, before: Timestamp) -> Result<(), ArchiveError> {
        self.remove_unfinished_snapshots(before).await?;
        let ArchivePlace::Folder(top) = self.place() else { return Ok(()) };
        let folders = [names::SEGMENTS, names::SNAPSHOTS, names::CHECKPOINTS].map(|name| top.join(name));
        let removed = tokio::task::spawn_blocking(move || remove_staged(folders, before)).await;
        let removed = removed.map_err(|error| self.unreachable(&error))?;
        removed.map_err(|error| self.unreachable(&error))
    }

    async fn remove_unfinished_snapshots(&self, before: Timestamp) -> Result<(), ArchiveError> {
        let listed: Vec<ObjectMeta> = self
            .objects
            .list(Some(&Path::from(names::SNAPSHOTS)))
            .try_collect()
            .await
            .map_err(|error| self.unreachable(&error))?;
        let known: HashSet<&str> = listed.iter().filter_map(|object| object.location.filename()).collect();
        for object in &listed {
            let file = object.location.filename().unwrap_or_default();
            let unfinished = file
                .strip_suffix(".db")
                .is_some_and(|name| !known.contains(format!("{name}.manifest").as_str()));
            if unfinished && object.last_modified.timestamp() < before.as_second() {
                tracing::info!(%object.location, "removing what is left of a snapshot that was never finished");
                self.remove(object.location.to_string()).await?;
            }
        }
        Ok(())
    }
}

/// A file is written as `NAME#NUMBER` until it is whole, and such files are in no list of objects.
fn remove_staged(folders: impl IntoIterator<Item = PathBuf>, before: Timestamp) -> std::io::Result<()> {
    for folder in folders {
        let Ok(files) = std::fs::read_dir(folder) else { continue };
        for file in files {
            let file = file?;
            let name = file.file_name();
            let number = name.to_str().and_then(|name| name.rsplit_once('#')).map(|(_, number)| number);
            let is_staged = number
                .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
            if is_staged
                && let Err(error) = remove_if_old(&file.path(), before)
                && error.kind() != ErrorKind::NotFound
            {
                return Err(error);
            }
        }
    }
    Ok(())
}

/// Whoever writes the file may finish it at any moment.
fn remove_if_old(file: &std::path::Path, before: Timestamp) -> std::io::Result<()> {
    let written = std::fs::metadata(file)?.modified()?;
    if Timestamp::try_from(written).is_ok_and(|written| written < before) {
        tracing::info!(file = %file.display(), "removing what is left of a file that was never finished");
        std::fs::remove_file(file)?;
    }
    Ok(())
}
