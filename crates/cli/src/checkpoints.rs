//! Checkpoints as the program keeps them: the key in its file, where they go, and those that somebody brings to prove a store.

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use vibesheets_api::{CheckpointKey, Ed25519};
use vibesheets_core::{
    StoreId,
    audit::{NamedCheckpoint, Source},
    checkpoint::{Checkpoint, PublicKey, Signer},
    durability::names,
};
use vibesheets_ops::{
    archive::{Archive, ArchivePlace, MOST_CHECKPOINT_BYTES},
    checkpoint::{CheckpointFault, KeptCheckpoints, read_all},
};
use vibesheets_store_sqlite::Snapshot;

use crate::{
    config::{Config, CopiesPlace},
    failure::{Exit, Failure},
    private_file,
    rebuilding::archive_failure,
    store,
    system::SystemRandom,
};

/// The key in force, made where there is none yet; `None` where nobody said where it lies.
///
/// # Errors
/// [`Failure`] where the file cannot be read or written, or is no key.
pub fn signing_key(config: &Config) -> Result<Option<CheckpointKey>, Failure> {
    let Some(path) = config.checkpoint_key_file() else { return Ok(None) };
    let made = || CheckpointKey::generate(&SystemRandom).to_text().into_bytes();
    let bytes = private_file::kept_or_made(&path, made).map_err(|error| failed(&path, &error))?;
    let key = key_of(&path, &bytes)?;
    private_file::keep_private(&path).map_err(|error| failed(&path, &error))?;
    Ok(Some(key))
}

/// The public half of the key that is there; `None` where there is none.
///
/// # Errors
/// As [`existing_key`].
pub fn public_key(config: &Config) -> Result<Option<PublicKey>, Failure> {
    Ok(existing_key(config)?.map(|key| key.public_key().clone()))
}

/// The key that is there; `None` where there is none.
///
/// # Errors
/// [`Failure`] where the file cannot be read, or is no key.
pub fn existing_key(config: &Config) -> Result<Option<CheckpointKey>, Failure> {
    let Some(path) = config.checkpoint_key_file() else { return Ok(None) };
    match fs::read(&path) {
        Ok(bytes) => key_of(&path, &bytes).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(&path, &error)),
    }
}

fn key_of(path: &Path, bytes: &[u8]) -> Result<CheckpointKey, Failure> {
    let key = std::str::from_utf8(bytes).ok().and_then(|text| CheckpointKey::parse(text).ok());
    key.ok_or_else(|| {
        failed(path, &"is no key for checkpoints; move it away to get a new one (older checkpoints then need the old public key)")
    })
}

fn failed(path: &Path, problem: &dyn std::fmt::Display) -> Failure {
    Failure::new(Exit::Store, format!("{}: {problem}", path.display()))
}

/// The name of its file, and the checkpoint as the key's signed note.
pub fn signed(checkpoint: &Checkpoint, key: &dyn Signer) -> (String, String) {
    let note = checkpoint.sign(key);
    (names::checkpoint_file(checkpoint.time, &key.public_key().id_text(), &note), note)
}

/// Adds a checkpoint of `store` to an archive, which must not be another store's; one of an engine that gives stores no id goes anywhere.
///
/// # Errors
/// What to tell an operator.
pub async fn put(place: &CopiesPlace, store: Option<StoreId>, file: &str, note: &str) -> Result<(), Failure> {
    let archive = place.open().map_err(|error| archive_failure(&error))?;
    if let Some(store) = store {
        archive.belongs_to(store).await.map_err(|error| archive_failure(&error))?;
    }
    archive.put_checkpoint(file, note).await.map_err(|error| archive_failure(&error))
}

/// Reads what `brought` names: a checkpoint's file, or a mirror, a replica or a place of backups with all of its checkpoints.
///
/// # Errors
/// [`Failure`] for what cannot be read, and for a single checkpoint that `key` has not signed.
pub async fn read(
    brought: &str,
    key: &PublicKey,
) -> Result<(Vec<NamedCheckpoint>, Vec<CheckpointFault>), Failure> {
    if Path::new(brought).is_file() {
        let mut note = String::new();
        let file = fs::File::open(brought).map_err(|error| failed(Path::new(brought), &error))?;
        let read = file.take(MOST_CHECKPOINT_BYTES + 1).read_to_string(&mut note);
        read.map_err(|error| failed(Path::new(brought), &error))?;
        if note.len() as u64 > MOST_CHECKPOINT_BYTES {
            return Err(failed(Path::new(brought), &"is too long for a checkpoint"));
        }
        let opened = Checkpoint::open(&note, key, &Ed25519);
        let checkpoint = opened
            .map_err(|fault| Failure::new(Exit::Damaged, format!("the checkpoint {brought} {fault}")))?;
        return Ok((vec![NamedCheckpoint { name: brought.to_owned(), checkpoint }], Vec::new()));
    }
    let place: ArchivePlace = brought.parse().map_err(|_| {
        Failure::usage(format!(
            "--against {brought}: must be a checkpoint's file, a folder or s3://BUCKET/PREFIX"
        ))
    })?;
    let archive = Archive::open(&place, false).map_err(|error| archive_failure(&error))?;
    let KeptCheckpoints { signed, faults, by_others } =
        read_all(&archive, key, &Ed25519).await.map_err(|error| archive_failure(&error))?;
    if signed.is_empty() && faults.is_empty() {
        let by =
            if by_others == 0 { String::new() } else { format!(" signed by {}+{}", key.name, key.id_text()) };
        return Err(Failure::refused(format!("{place} holds no checkpoint{by}")));
    }
    Ok((signed, faults))
}

/// An archive's own checkpoints, and how many nobody can tell from forged ones: all of them without a `key`.
///
/// # Errors
/// [`Failure`] where they cannot be listed or read.
pub async fn own(archive: &Archive, key: Option<&PublicKey>) -> Result<(KeptCheckpoints, usize), Failure> {
    let failed = |error| archive_failure(&error);
    match key {
        Some(key) => {
            let kept = read_all(archive, key, &Ed25519).await.map_err(failed)?;
            let unread = kept.by_others;
            Ok((kept, unread))
        }
        None => {
            let unread = archive.list_checkpoints().await.map_err(failed)?;
            Ok((KeptCheckpoints::default(), unread.len()))
        }
    }
}

/// Checkpoints of an archive as far as a state from it goes.
#[derive(Default)]
pub struct Reached {
    /// Those of which it holds anything, with what it holds.
    pub checkpoints: Vec<NamedCheckpoint>,
    /// How many saw more than it holds.
    pub ahead: usize,
}

/// Which of `own` checkpoints the database at `path` reaches. Ask before anything is recorded in it that the archive does not hold.
///
/// # Errors
/// [`Failure`] where the database cannot be read.
pub async fn reached(path: &Path, own: Vec<NamedCheckpoint>) -> Result<Reached, Failure> {
    let snapshot = Snapshot::open(path).map_err(|error| store::open_error(&error))?;
    let mut reached = Reached::default();
    for mut named in own {
        let seen = named.checkpoint.heads.len();
        let mut held = Vec::new();
        for head in named.checkpoint.heads {
            let last = Source::head(&snapshot, head.stream).await;
            let last = last.map_err(|error| Failure::new(Exit::Store, error))?;
            held.extend((last.seq >= head.seq).then_some(head));
        }
        reached.ahead += usize::from(held.len() < seen);
        named.checkpoint.heads = held;
        if !named.checkpoint.heads.is_empty() {
            reached.checkpoints.push(named);
        }
    }
    Ok(reached)
}
