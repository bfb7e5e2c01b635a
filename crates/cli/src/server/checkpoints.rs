//! A checkpoint each hour: every organisation commits to all heads, and where they stand is signed and kept beside the copies.

use std::{sync::Arc, time::Duration};

use tokio::time::{Instant, MissedTickBehavior};
use vibesheets_core::{StoreId, actions::Context, checkpoint::Signer, store::Store};
use vibesheets_ops::checkpoint::Checkpoints;

use crate::{
    checkpoints,
    config::CopiesPlace,
    system::{SystemRandom, SystemTime},
};

/// How often.
const EVERY: Duration = Duration::from_secs(60 * 60);
/// A start has better things to do.
const FIRST: Duration = Duration::from_secs(60);

/// Never ends; stop it by aborting its task.
pub async fn keep_checkpoints(
    store: Arc<dyn Store>,
    id: Option<StoreId>,
    key: Arc<dyn Signer>,
    places: Vec<CopiesPlace>,
) {
    let mut ticks = tokio::time::interval_at(Instant::now() + FIRST, EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut taking = Checkpoints::default();
    loop {
        ticks.tick().await;
        let context = Context { store: &*store, time: &SystemTime, random: &SystemRandom };
        let taken = match taking.take(context).await {
            Ok(taken) => taken,
            Err(error) => {
                tracing::error!(%error, "could not take a checkpoint; trying again in an hour");
                continue;
            }
        };
        for (organisation, error) in &taken.left_out {
            tracing::error!(%organisation, %error, "left out of the checkpoint; trying again in an hour");
        }
        let Some(checkpoint) = taken.checkpoint else { continue };
        let (file, note) = checkpoints::signed(&checkpoint, &*key);
        for place in &places {
            if let Err(error) = checkpoints::put(place, id, &file, &note).await {
                tracing::error!(place = %place.place, %error, "could not keep a checkpoint; trying again in an hour");
            }
        }
        tracing::info!(file, "took a checkpoint");
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use vibesheets_api::CheckpointKey;
    use vibesheets_core::{checkpoint::Checkpoint, journal::StreamId};
    use vibesheets_ops::archive::ArchivePlace;
    use vibesheets_store_contract::support::Lab;
    use vibesheets_store_sqlite::{Location, Options, SqliteStore};

    use super::*;

    fn kept(folder: &Path) -> BTreeSet<String> {
        let files = fs::read_dir(folder.join("checkpoints")).into_iter().flatten();
        let files = files.map(|file| file.expect("a file").path());
        // Another name is that of one that is being written.
        let notes = files.filter(|path| path.extension().is_some_and(|extension| extension == "checkpoint"));
        notes.map(|path| fs::read_to_string(path).expect("a note")).collect()
    }

    /// The next one that is kept beside those `before`.
    async fn next(folder: &Path, before: &BTreeSet<String>) -> String {
        for _ in 0..1_000_000 {
            if let Some(note) = kept(folder).difference(before).next() {
                return note.clone();
            }
            // Time stands still but for who waits for it.
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        panic!("none in eleven days");
    }

    #[tokio::test(start_paused = true)]
    async fn each_hour_a_checkpoint_says_what_changed_and_where_nothing_did_there_is_no_new_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let (lab, store) = (Lab::default(), SqliteStore::open(&Location::Memory, &Options::default()));
        let store: Arc<dyn Store> = Arc::new(store.expect("a store"));
        let team = lab.found(&*store, 1).await;
        let key: Arc<dyn Signer> = Arc::new(CheckpointKey::generate(&SystemRandom));
        let place: ArchivePlace = folder.path().to_str().expect("text").parse().expect("a place");
        let keeping =
            tokio::spawn(keep_checkpoints(Arc::clone(&store), None, Arc::clone(&key), vec![place.into()]));

        tokio::time::sleep(FIRST - Duration::from_secs(1)).await;
        assert_eq!(kept(folder.path()), BTreeSet::new(), "a start has better things to do");
        let first = next(folder.path(), &BTreeSet::new()).await;
        tokio::time::sleep(3 * EVERY).await;
        assert_eq!(kept(folder.path()), BTreeSet::from([first.clone()]));
        let entry = lab.entry(team.member(0), "2026-03-02T08:00:00Z", None);
        lab.add(&*store, &team.scope(), &[entry]).await;
        let second = next(folder.path(), &BTreeSet::from([first])).await;
        let told = Checkpoint::open(&second, key.public_key(), &vibesheets_api::Ed25519).expect("signed");
        let stream = StreamId::Organisation(team.organisation.id);
        let head = store.head(stream).await.expect("a head");
        assert_eq!(
            told.heads.iter().map(|head| (head.stream, head.hash)).collect::<Vec<_>>(),
            [(stream, head.hash)]
        );
        keeping.abort();
    }
}
