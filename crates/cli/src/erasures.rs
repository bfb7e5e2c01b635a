//! A restore erases again whoever was erased since: a copy from before still holds them.

use std::path::Path;

use vibesheets_core::{
    actions::{Context, erasure::erase_again},
    audit::Source,
    durability::names,
    journal::{Actor, StreamId},
    store::{Scope, StoreError},
};
use vibesheets_ops::{
    archive::{Archive, ArchiveError},
    restore::{ErasedMembers, erased_in_segments},
};
use vibesheets_store_sqlite::{Location, Options, Snapshot, SqliteStore};

use crate::{
    failure::{Exit, Failure},
    new_database::remove,
    rebuilding::archive_failure,
    store,
    system::{SystemRandom, SystemTime},
};

/// Streams named at a time.
const CHUNK_STREAMS: usize = 500;

/// Erasures that are known otherwise than from an archive.
#[derive(Default)]
pub struct KnownErasures {
    members: ErasedMembers,
    /// What could not be read.
    unread: Vec<String>,
}

impl KnownErasures {
    /// Those of the database at `path`; one that cannot be read is named.
    pub async fn of(path: &Path) -> Self {
        match erased_in(path).await {
            Ok(members) => Self { members, unread: Vec::new() },
            Err(_) => Self { members: ErasedMembers::new(), unread: vec![path.display().to_string()] },
        }
    }
}

/// Who was erased again.
pub struct Reapplied {
    /// How many members.
    pub members: usize,
    /// What nobody can read: whoever was erased there is not erased again.
    pub unread: Vec<String>,
}

/// Erases again in the database at `path`, which nobody has, whom the archive tells erased at any time, and whom `known` is.
///
/// # Errors
/// [`Failure`]; the database is of no use then.
pub async fn reapply(
    archive: &Archive,
    path: &Path,
    scratch: &Path,
    known: KnownErasures,
) -> Result<Reapplied, Failure> {
    let KnownErasures { members: mut erased, mut unread } = known;
    let newest = erased_in_newest_snapshot(archive, scratch, &mut erased, &mut unread).await?;
    let told = erased_in_segments(archive, newest).await.map_err(|error| archive_failure(&error))?;
    erased.extend(told.members);
    unread.extend(told.unread);
    erased.extend(erased_in(path).await?);
    let reapplied = Reapplied { members: erased.len(), unread };
    if erased.is_empty() {
        return Ok(reapplied);
    }
    let opened = SqliteStore::open(&Location::File(path.to_owned()), &Options::default());
    let store = opened.map_err(|error| store::open_error(&error))?;
    for (organisation, member) in &erased {
        let context = Context { store: &store, time: &SystemTime, random: &SystemRandom };
        erase_again(context, *organisation, *member)
            .await
            .map_err(|error| Failure::new(Exit::Store, error))?;
    }
    Ok(reapplied)
}

/// A place of backups has no segments: its newest snapshot knows all that were erased until then; its last commit. Those that cannot
/// be read are named, and the one before tells what it knows.
async fn erased_in_newest_snapshot(
    archive: &Archive,
    scratch: &Path,
    erased: &mut ErasedMembers,
    unread: &mut Vec<String>,
) -> Result<u64, Failure> {
    let snapshots = archive.list_snapshots().await.map_err(|error| archive_failure(&error))?;
    for snapshot in snapshots.iter().rev() {
        let found = match archive.fetch_snapshot(snapshot, scratch).await {
            Ok(()) => erased_in(scratch).await,
            Err(error @ ArchiveError::Damaged { .. }) => Err(archive_failure(&error)),
            // Another attempt may read it: nobody is left unerased for a full disk.
            Err(error) => return Err(archive_failure(&error)),
        };
        match found {
            Ok(found) => {
                erased.extend(found);
                return Ok(snapshot.commit);
            }
            Err(_) => unread.push(format!("{}/{}", names::SNAPSHOTS, names::snapshot_file(snapshot.commit))),
        }
        remove(scratch)?;
    }
    Ok(0)
}

async fn erased_in(path: &Path) -> Result<ErasedMembers, Failure> {
    let snapshot = Snapshot::open(path).map_err(|error| store::open_error(&error))?;
    erased_members(&snapshot).await.map_err(|error| Failure::new(Exit::Store, error))
}

async fn erased_members(snapshot: &Snapshot) -> Result<ErasedMembers, StoreError> {
    let mut erased = ErasedMembers::new();
    let mut after = None;
    loop {
        let streams = Source::list_streams(snapshot, after, CHUNK_STREAMS).await?;
        for stream in &streams {
            // Organisations' streams come first.
            let StreamId::Organisation(organisation) = *stream else { return Ok(erased) };
            let scope = Scope { organisation, actor: Actor::System };
            let directory = Source::load_directory(snapshot, &scope).await?;
            let members = directory.map(|directory| directory.members).unwrap_or_default();
            erased.extend(
                members.iter().filter(|member| member.erased).map(|member| (organisation, member.id)),
            );
        }
        match streams.last() {
            Some(last) if streams.len() == CHUNK_STREAMS => after = Some(*last),
            _ => return Ok(erased),
        }
    }
}
