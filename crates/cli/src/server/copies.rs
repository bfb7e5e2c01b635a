//! What `serve` keeps beside the store: a replica that commits are shipped to, and a snapshot each day.

use std::{
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{sync::watch, task::JoinHandle, time::Instant};
use vibesheets_api::{CopiesHealth, ReplicaHealth};
use vibesheets_core::durability::Durability;
use vibesheets_ops::{
    archive::Archive,
    shipping::{Lag, Shipping},
};
use vibesheets_store_sqlite::SqliteStore;

use super::snapshots;
use crate::{
    config::Config,
    failure::{Exit, Failure},
    paths::{file_failure, with_suffix},
    private_file,
    rebuilding::archive_failure,
};

/// How long an end waits for a replica that does not answer: whoever ends the server may kill it soon after.
const LAST_SHIPMENT: Duration = Duration::from_secs(5);
/// Behind the database's name: the folder in which snapshots of it are made.
const SCRATCH: &str = ".snapshots";

/// The tasks that keep the copies.
pub struct Copies {
    store: Arc<SqliteStore>,
    scratch: PathBuf,
    stop: watch::Sender<bool>,
    shipping: Option<JoinHandle<()>>,
    lag: Option<watch::Receiver<Lag>>,
    snapshots: Option<JoinHandle<()>>,
    /// Whether each place of snapshots was well when it was last looked at; `None` where there is none.
    snapshots_are_kept: Option<Arc<AtomicBool>>,
}

impl Copies {
    /// Begins to keep what `config` asks for.
    ///
    /// # Errors
    /// [`Failure`] where the replica cannot be used, or a place holds another store's copies: whoever asked for one does not want to
    /// serve without.
    pub async fn begin(config: &Config, store: &Arc<SqliteStore>) -> Result<Self, Failure> {
        let (stop, stopped) = watch::channel(false);
        let replica = config.replica.value.as_ref();
        let places = snapshots::Place::all(config);
        let scratch = with_suffix(store.path(), SCRATCH);
        if !places.is_empty() {
            begin_scratch(&scratch)?;
            snapshots::refuse_foreign(&places, store.store_id()).await?;
        }
        if let Some(mirror) = &config.mirror.value {
            warn_of_one_disk(store.path(), mirror);
        }
        let (mut shipping, mut lag) = (None, None);
        if let Some(place) = replica {
            let archive = Archive::open(place, true).map_err(|error| archive_failure(&error))?;
            let source: Arc<dyn Durability> = Arc::<SqliteStore>::clone(store);
            let begun = Shipping::begin(source, archive, scratch.clone()).await;
            let begun = begun.map_err(|error| Failure::new(Exit::Store, error))?;
            lag = Some(begun.lag());
            shipping = Some(tokio::spawn(ship(begun, stopped)));
        }
        let snapshots_are_kept = (!places.is_empty()).then(|| Arc::new(AtomicBool::new(true)));
        let snapshots = snapshots_are_kept.clone().map(|are_kept| {
            tokio::spawn(snapshots::keep(Arc::clone(store), places, scratch.clone(), are_kept))
        });
        Ok(Self { store: Arc::clone(store), scratch, stop, shipping, lag, snapshots, snapshots_are_kept })
    }

    /// How the copies are, for `/health`.
    pub fn health(&self) -> Arc<dyn CopiesHealth> {
        let snapshots_are_kept = self.snapshots_are_kept.clone();
        Arc::new(Health { store: Arc::clone(&self.store), lag: self.lag.clone(), snapshots_are_kept })
    }

    /// Ships what is left, and ends.
    pub async fn end(mut self) {
        self.stop.send_replace(true);
        if let Some(snapshots) = self.snapshots.take() {
            snapshots.abort();
            let _ = snapshots.await;
        }
        // What stays of it, the next start removes.
        let _ = fs::remove_dir_all(&self.scratch);
        let Some(mut shipping) = self.shipping.take() else { return };
        match tokio::time::timeout(LAST_SHIPMENT, &mut shipping).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "shipping ended by a defect"),
            Err(_) => {
                shipping.abort();
                tracing::error!("the replica took too long to take what was left; the next start ships it");
            }
        }
    }
}

/// Makes the folder in which snapshots are made; there may be one with a snapshot that a kill interrupted.
fn begin_scratch(folder: &Path) -> Result<(), Failure> {
    let emptied = match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => private_file::create_folder(folder),
    };
    emptied.map_err(|error| file_failure(folder, &error))
}

/// Such as where the disk of the mirror is not mounted and its folder is there all the same.
fn warn_of_one_disk(database: &Path, mirror: &Path) {
    let disk = |path: &Path| fs::metadata(path).map(|metadata| metadata.dev()).ok();
    if disk(database).is_some_and(|database| disk(mirror) == Some(database)) {
        tracing::warn!(mirror = %mirror.display(), "the mirror is on the database's own disk, so a lost disk takes both");
    }
}

/// People go on clocking without a replica; `/health` says that it lags, and the log why.
async fn ship(shipping: Shipping, stopped: watch::Receiver<bool>) {
    match shipping.run(stopped).await {
        Ok(()) => tracing::info!("the replica holds everything"),
        Err(error) => {
            tracing::error!(%error, "the replica lacks what follows; start vibesheets again once that is mended")
        }
    }
}

struct Health {
    store: Arc<SqliteStore>,
    lag: Option<watch::Receiver<Lag>>,
    snapshots_are_kept: Option<Arc<AtomicBool>>,
}

impl CopiesHealth for Health {
    fn mirror_is_whole(&self) -> Option<bool> {
        self.store.mirror_behind().map(|commits| commits == 0)
    }

    fn replica(&self) -> Option<ReplicaHealth> {
        let (lag, now) = (*self.lag.as_ref()?.borrow(), Instant::now());
        Some(ReplicaHealth { lag: lag.age(now), is_late: lag.is_worrying(now) })
    }
    fn snapshots_are_kept(&self) -> Option<bool> {
        self.snapshots_are_kept.as_ref().map(|are_kept| are_kept.load(Ordering::Relaxed))
    }
}
