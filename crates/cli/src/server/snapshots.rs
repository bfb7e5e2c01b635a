//! A snapshot each day in each place that holds copies, so that what is older than the retention can go.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use tokio::time::{Instant, MissedTickBehavior};
use vibesheets_core::{StoreId, TimeSource, durability::Durability};
use vibesheets_ops::{
    archive::{Archive, ArchiveError},
    backup::{self, RETENTION_DAYS},
};
use vibesheets_store_sqlite::SqliteStore;

use crate::{
    config::{Config, CopiesPlace},
    failure::{Exit, Failure},
    system::SystemTime,
};

/// How often it is looked whether a snapshot is due.
const LOOK_EVERY: Duration = Duration::from_secs(60 * 60);
/// A start has better things to do than to copy the database.
const FIRST_LOOK: Duration = Duration::from_secs(60);
/// How old the newest snapshot may be.
const SNAPSHOT_EVERY_HOURS: i64 = 24;

/// Where snapshots are kept.
pub struct Place {
    copies: CopiesPlace,
    /// When this process last took one.
    taken: Option<Instant>,
}

impl Place {
    /// All that `config` names.
    pub fn all(config: &Config) -> Vec<Self> {
        config.copies_places().into_iter().map(Self::from).collect()
    }
}

impl From<CopiesPlace> for Place {
    fn from(copies: CopiesPlace) -> Self {
        Self { copies, taken: None }
    }
}

/// Whether the newest snapshot, whose last commit was made `age` ago, is a day old. After a clock that was set back that commit
/// may lie in the future for long: then it counts how long ago one was taken.
fn is_due(age: SignedDuration, since_taken: Option<Duration>) -> bool {
    let every = SignedDuration::from_hours(SNAPSHOT_EVERY_HOURS);
    let since_taken = since_taken.and_then(|since| SignedDuration::try_from(since).ok()).unwrap_or(every);
    if age.is_negative() { since_taken >= every } else { age >= every }
}

/// Makes sure that no place holds the copies of another store, such as that which this one was restored from. One that cannot be
/// reached may be by the time of the first snapshot.
///
/// # Errors
/// [`Failure`] that names the place and what it holds.
pub async fn refuse_foreign(places: &[Place], store: StoreId) -> Result<(), Failure> {
    for Place { copies, .. } in places {
        let Ok(archive) = Archive::open(&copies.place, false) else { continue };
        match archive.belongs_to(store).await {
            Err(error @ ArchiveError::Foreign { .. }) => {
                let message = format!(
                    "{error}. Move it away, or say where with --backups, --replica and --mirror (VIBESHEETS_BACKUPS, …)"
                );
                return Err(Failure::new(Exit::Store, message));
            }
            Err(error) => tracing::warn!(place = %copies.place, %error, "cannot tell whose copies are there"),
            Ok(()) => {}
        }
    }
    Ok(())
}

/// Never ends; stop it by aborting its task. `scratch` is a folder for snapshots that are being made; `are_kept` is told after each
/// look whether all is well.
pub async fn keep(
    store: Arc<SqliteStore>,
    mut places: Vec<Place>,
    scratch: PathBuf,
    are_kept: Arc<AtomicBool>,
) {
    let mut looks = tokio::time::interval_at(Instant::now() + FIRST_LOOK, LOOK_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        are_kept.store(look_at_all(&store, &mut places, &scratch).await, Ordering::Relaxed);
    }
}

/// Whether all could be kept.
async fn look_at_all(store: &SqliteStore, places: &mut [Place], scratch: &Path) -> bool {
    let mut all = true;
    for place in places {
        if let Err(error) = look(store, place, scratch, SystemTime.now()).await {
            all = false;
            tracing::error!(place = %place.copies.place, error, "could not keep a snapshot; trying again in an hour");
        }
    }
    all
}

/// Adds a snapshot if the newest is a day old, and removes what is older than the retention.
async fn look(store: &SqliteStore, place: &mut Place, scratch: &Path, now: Timestamp) -> Result<(), String> {
    // A mirror that lacks something keeps what it has.
    if place.copies.is_mirror && store.mirror_behind() != Some(0) {
        return Ok(());
    }
    let archive = place.copies.open().map_err(|error| error.to_string())?;
    archive.belongs_to(store.store_id()).await.map_err(|error| error.to_string())?;
    let newest = archive.list_snapshots().await.map_err(|error| error.to_string())?.pop();
    let due = newest.is_none_or(|newest| {
        let age = newest.commit_time.map_or(SignedDuration::MAX, |time| now.duration_since(time));
        newest.commit < store.last_commit() && is_due(age, place.taken.map(|taken| taken.elapsed()))
    });
    if store.last_commit() == 0 {
        return Ok(());
    }
    if due {
        let taken = backup::take(store, &archive, scratch).await.map_err(|error| error.to_string())?;
        place.taken = Some(Instant::now());
        if place.copies.is_mirror {
            store.begin_mirror_segment();
        }
        tracing::info!(place = %place.copies.place, commit = taken.commit, "took a snapshot");
    }
    // Also of a store that nobody changes any more: who was erased is not kept for longer than was said.
    let kept = backup::prune(&archive, now, RETENTION_DAYS).await.map_err(|error| error.to_string())?;
    if kept.snapshots_removed > 0 || kept.segments_removed > 0 {
        tracing::info!(
            place = %place.copies.place, snapshots_removed = kept.snapshots_removed, segments_removed = kept.segments_removed,
            "removed what is older than the retention"
        );
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "what a test prepares must succeed")]
mod tests {
    use std::fs;

    use vibesheets_ops::archive::ArchivePlace;
    use vibesheets_store_contract::support::{Lab, new};
    use vibesheets_store_sqlite::{Location, MirrorOptions, Options};

    use super::*;

    const DAY_SECONDS: i64 = 24 * 60 * 60;

    fn files(folder: &Path, extension: &str) -> usize {
        let names = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        names.filter(|path| path.extension().is_some_and(|found| found == extension)).count()
    }

    fn mirror_at(folder: PathBuf) -> Place {
        CopiesPlace { place: ArchivePlace::Folder(folder), is_mirror: true }.into()
    }

    /// A store with a mirror, after so many days with an entry and a look on each.
    async fn after_days(days: usize, folder: &Path) -> (SqliteStore, Place) {
        let mirror = folder.join("mirror");
        fs::create_dir(&mirror).unwrap();
        let options = MirrorOptions { folder: mirror.clone(), optional: false };
        let options = Options { mirror: Some(options), ..Options::default() };
        let store = SqliteStore::open(&Location::File(folder.join("vibesheets.db")), &options).unwrap();
        let lab = Lab::default();
        let team = lab.found(&store, 1).await;
        let mut place = mirror_at(mirror);
        for _ in 0..days {
            let now = lab.now().to_string();
            let entry = lab.entry(team.member(0), &now, Some(&now));
            lab.write_entries(&store, &team.scope(), team.member(0), vec![new(entry)]).await.unwrap();
            look(&store, &mut place, folder, lab.now()).await.unwrap();
            lab.time.advance(DAY_SECONDS);
        }
        (store, place)
    }

    #[tokio::test]
    async fn a_mirror_gets_a_snapshot_each_day_and_what_is_older_than_the_retention_goes() {
        let folder = tempfile::tempdir().unwrap();
        let (_store, place) = after_days(40, folder.path()).await;
        let mirror = folder.path().join("mirror");
        // The last 35 days, and the snapshot before them that restores begin with.
        assert_eq!(files(&mirror.join("snapshots"), "manifest"), 36);
        assert_eq!(files(&mirror.join("snapshots"), "db"), 36);
        assert_eq!(files(&mirror.join("segments"), "segment"), 35);
        let verified = backup::verify(&place.copies.open().unwrap()).await.unwrap();
        assert_eq!(verified.findings, Vec::<String>::new());
    }

    #[tokio::test]
    async fn a_mirror_that_lacks_something_keeps_what_it_has_and_its_folder_is_not_made() {
        let folder = tempfile::tempdir().unwrap();
        let mirror = folder.path().join("mirror");
        let options = Options {
            mirror: Some(MirrorOptions { folder: mirror.clone(), optional: true }),
            ..Options::default()
        };
        let store =
            SqliteStore::open(&Location::File(folder.path().join("vibesheets.db")), &options).unwrap();
        let lab = Lab::default();
        lab.found(&store, 1).await;
        let mut place = mirror_at(mirror.clone());
        look(&store, &mut place, folder.path(), lab.now()).await.unwrap();
        assert!(!mirror.exists());
    }

    /// Such as that of the store whose database this one took the place of.
    #[tokio::test]
    async fn nothing_is_removed_from_the_place_of_another_store() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (_store, place) = after_days(3, one.path()).await;
        let (store, _) = after_days(1, other.path()).await;
        let mut foreign = Place::from(CopiesPlace::from(place.copies.place));
        let later = Lab::default().now() + SignedDuration::from_hours(24 * 400);
        let refused = look(&store, &mut foreign, other.path(), later).await;
        assert!(refused.is_err_and(|words| words.contains("of store")), "it is another's");
        assert!(!look_at_all(&store, &mut [foreign], other.path()).await, "health is told");
        assert_eq!(files(&one.path().join("mirror/snapshots"), "db"), 3);
    }

    #[test]
    fn after_a_clock_that_was_set_back_there_is_still_one_a_day() {
        let (ahead, hours) =
            (SignedDuration::from_hours(-900), |hours: u64| Some(Duration::from_secs(60 * 60 * hours)));
        assert!(is_due(ahead, None), "this process has taken none");
        assert!(!is_due(ahead, hours(23)));
        assert!(is_due(ahead, hours(24)));
        assert!(!is_due(SignedDuration::from_hours(23), None));
        assert!(is_due(SignedDuration::from_hours(24), hours(1)));
    }
}
