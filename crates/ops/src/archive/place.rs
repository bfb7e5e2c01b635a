//! Where an archive is.

#[cfg(unix)]
use std::path::Path;
use std::{fmt, path::PathBuf, str::FromStr, sync::Arc, time::Duration};

use object_store::{
    BackoffConfig, ObjectStore, RetryConfig, aws::AmazonS3Builder, local::LocalFileSystem,
    prefix::PrefixStore,
};

use super::{Archive, ArchiveError};
use vibesheets_core::durability::names;

/// For what passes within seconds: whoever ships goes on trying by itself, and whoever starts with a bucket that does not answer
/// wants to be told.
const RETRY: RetryConfig = RetryConfig {
    backoff: BackoffConfig {
        init_backoff: Duration::from_millis(100),
        max_backoff: Duration::from_secs(2),
        base: 2.0,
    },
    max_retries: 4,
    retry_timeout: Duration::from_secs(10),
};

/// Where an archive is: `file:FOLDER`, a folder's path, or `s3://BUCKET/PREFIX`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArchivePlace {
    /// A folder on this machine, or on one that is mounted here.
    Folder(PathBuf),
    /// A prefix in a bucket; region, credentials and endpoint come from the `AWS_…` environment.
    S3 {
        /// The bucket.
        bucket: String,
        /// What names begin with, without slashes around it; may be empty.
        prefix: String,
    },
}

/// The text names no archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be a folder such as /mnt/backups or file:/mnt/backups, or s3://BUCKET/PREFIX")]
pub struct InvalidArchivePlace;

impl FromStr for ArchivePlace {
    type Err = InvalidArchivePlace;

    fn from_str(text: &str) -> Result<Self, InvalidArchivePlace> {
        if let Some(rest) = text.strip_prefix("s3:") {
            let rest = rest.trim_start_matches('/');
            let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
            if bucket.is_empty() {
                return Err(InvalidArchivePlace);
            }
            return Ok(Self::S3 { bucket: bucket.to_owned(), prefix: prefix.trim_matches('/').to_owned() });
        }
        let path = text.strip_prefix("file:").unwrap_or(text);
        let path = path.strip_prefix("//").unwrap_or(path);
        let is_other_scheme = path.split_once("://").is_some();
        if path.is_empty() || is_other_scheme {
            return Err(InvalidArchivePlace);
        }
        Ok(Self::Folder(path.into()))
    }
}

impl fmt::Display for ArchivePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path) => path.display().fmt(f),
            Self::S3 { bucket, prefix } if prefix.is_empty() => write!(f, "s3://{bucket}"),
            Self::S3 { bucket, prefix } => write!(f, "s3://{bucket}/{prefix}"),
        }
    }
}

impl Archive {
    /// The archive at `place`. `folder_is_made` where it is to be written: a folder that is not there is made.
    ///
    /// # Errors
    /// [`ArchiveError`] where the folder or the credentials are missing.
    pub fn open(place: &ArchivePlace, folder_is_made: bool) -> Result<Self, ArchiveError> {
        let unreachable = |reason: &dyn fmt::Display| ArchiveError::Unreachable {
            place: place.to_string(),
            reason: reason.to_string(),
        };
        let objects: Arc<dyn ObjectStore> = match place {
            ArchivePlace::Folder(path) => {
                if folder_is_made {
                    make_folder(path).map_err(|error| unreachable(&error))?;
                }
                let folder = LocalFileSystem::new_with_prefix(path).map_err(|error| unreachable(&error))?;
                // What was sent away is on that disk before anybody counts on it.
                Arc::new(folder.with_fsync(true))
            }
            ArchivePlace::S3 { bucket, prefix } => {
                let bucket = AmazonS3Builder::from_env().with_bucket_name(bucket).with_retry(RETRY).build();
                let bucket = bucket.map_err(|error| unreachable(&error))?;
                Arc::new(PrefixStore::new(bucket, prefix.as_str()))
            }
        };
        Ok(Self { objects, place: place.clone() })
    }
}

/// What is kept there are everyone's times: nobody else may look.
fn make_folder(path: &PathBuf) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let is_new = !path.exists();
    builder.create(path)?;
    // A folder that was there may be open to others; what is in it is not.
    for name in [names::SEGMENTS, names::SNAPSHOTS, names::CHECKPOINTS] {
        let folder = path.join(name);
        builder.create(&folder)?;
        #[cfg(unix)]
        close_to_others(&folder)?;
    }
    // Their names are on the disk before anything in them counts.
    #[cfg(unix)]
    {
        sync_folder(path)?;
        if is_new {
            sync_folder(
                path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")),
            )?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn sync_folder(path: &Path) -> std::io::Result<()> {
    std::fs::File::open(path)?.sync_all()
}

/// Files are written as the process's umask says, so it is their folder that others must not enter. Whose the folder is
/// not, or on a disk that knows no owners, only its owner can do it.
#[cfg(unix)]
fn close_to_others(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = std::fs::metadata(folder)?.permissions();
    if permissions.mode() & 0o077 == 0 {
        return Ok(());
    }
    permissions.set_mode(0o700);
    if let Err(error) = std::fs::set_permissions(folder, permissions) {
        let folder = folder.display();
        tracing::warn!(%folder, %error, "others on this machine may read everyone's times here; close it to them");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_folder_that_others_may_enter_is_closed_to_them_before_anything_is_written() {
        use std::{fs, os::unix::fs::PermissionsExt};
        let folder = tempfile::tempdir().expect("a folder");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        for name in [names::SEGMENTS, names::SNAPSHOTS] {
            let path = folder.path().join(name);
            fs::create_dir(&path).expect("made");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("opened to all");
        }
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("opened to all");
        Archive::open(&ArchivePlace::Folder(folder.path().to_owned()), true).expect("an archive");
        for name in [names::SEGMENTS, names::SNAPSHOTS] {
            assert_eq!(mode(&folder.path().join(name)), 0o700, "{name}");
        }
        assert_eq!(mode(folder.path()), 0o755, "what else is in it is not ours");
    }

    #[test]
    fn folders_and_buckets_are_told_apart() {
        let folder = |path: &str| Ok(ArchivePlace::Folder(path.into()));
        let s3 = |bucket: &str, prefix: &str| {
            Ok(ArchivePlace::S3 { bucket: bucket.to_owned(), prefix: prefix.to_owned() })
        };
        for (text, expected) in [
            ("/mnt/backups", folder("/mnt/backups")),
            ("backups", folder("backups")),
            ("file:/mnt/backups", folder("/mnt/backups")),
            ("file:///mnt/backups", folder("/mnt/backups")),
            ("s3://times/replica/", s3("times", "replica")),
            ("s3:times", s3("times", "")),
            ("s3://", Err(InvalidArchivePlace)),
            ("", Err(InvalidArchivePlace)),
            ("https://example.com/", Err(InvalidArchivePlace)),
        ] {
            assert_eq!(text.parse::<ArchivePlace>(), expected, "{text}");
        }
    }
}
