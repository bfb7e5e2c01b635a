//! A checkpoint each hour: every organisation commits to all heads, and where they stand is signed and kept beside the copies.

use std::{sync::Arc, time::Duration};

use tokio::time::{Instant, MissedTickBehavior};
use vibesheets_core::{actions::Context, checkpoint::Signer, store::Store};
use vibesheets_ops::{archive::ArchivePlace, checkpoint::Checkpoints};

use crate::{
    checkpoints,
    system::{SystemRandom, SystemTime},
};

/// How often.
const EVERY: Duration = Duration::from_secs(60 * 60);
/// A start has better things to do.
const FIRST: Duration = Duration::from_secs(60);

/// Never ends; stop it by aborting its task.
pub async fn keep_checkpoints(store: Arc<dyn Store>, key: Arc<dyn Signer>, places: Vec<ArchivePlace>) {
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
            if let Err(error) = checkpoints::put(place, &file, &note).await {
                tracing::error!(%place, %error, "could not keep a checkpoint; trying again in an hour");
            }
        }
        tracing::info!(file, "took a checkpoint");
    }
}
