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
    restore::{ErasedMembers, SegmentErasures, erased_in_segments},
};
use vibesheets_store_sqlite::{Location, Options, Snapshot, SqliteStore};

use crate::{
    failure::{Exit, Failure},
    rebuilding::{archive_failure, remove},
    store,
    system::{SystemRandom, SystemTime},
};

/// Streams named at a time.
const CHUNK_STREAMS: usize = 500;

/// Who was erased again.
pub struct Reapplied {
    /// How many members.
    pub members: usize,
    /// What of the archive nobody can read: whoever was erased there is not erased again.
    pub unread: Vec<String>,
}

/// Erases again in the database at `path`, which nobody has, whom the archive tells erased at any time.
///
/// # Errors
/// [`Failure`]; the database is of no use then.
pub async fn reapply(archive: &Archive, path: &Path, scratch: &Path) -> Result<Reapplied, Failure> {
    let SegmentErasures { members: mut erased, mut unread } =
        erased_in_segments(archive).await.map_err(|error| archive_failure(&error))?;
    erased.extend(erased_in(path).await?);
    erased.extend(erased_in_newest_snapshot(archive, scratch, &mut unread).await?);
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

/// A place of backups has no segments: its newest snapshot knows all that were erased until then. Those that cannot be read are
/// named, and the one before tells what it knows.
async fn erased_in_newest_snapshot(
    archive: &Archive,
    scratch: &Path,
    unread: &mut Vec<String>,
) -> Result<ErasedMembers, Failure> {
    let snapshots = archive.list_snapshots().await.map_err(|error| archive_failure(&error))?;
    for snapshot in snapshots.iter().rev() {
        let erased = match archive.fetch_snapshot(snapshot, scratch).await {
            Ok(()) => erased_in(scratch).await,
            Err(error @ ArchiveError::Unreachable { .. }) => return Err(archive_failure(&error)),
            Err(error) => Err(archive_failure(&error)),
        };
        match erased {
            Ok(erased) => return Ok(erased),
            Err(_) => unread.push(format!("{}/{}", names::SNAPSHOTS, names::snapshot_file(snapshot.commit))),
        }
        remove(scratch)?;
    }
    Ok(ErasedMembers::new())
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
