//! `vibesheets checkpoint`: what a running server does each hour, for a store that none serves and for DynamoDB; and the key.

use clap::{Args, Subcommand};
use serde_json::json;
use vibesheets_core::{actions::Context, checkpoint::Signer};
use vibesheets_ops::{
    archive::ArchivePlace,
    checkpoint::{Checkpoints, TakenCheckpoint},
};

use super::Shell;
use crate::{
    checkpoints,
    config::{CopiesPlace, Flag, keys},
    failure::{Exit, Failure},
    store,
    system::{SystemRandom, SystemTime},
};

/// What to do.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The store [default: the configured one]
    #[arg(long, value_name = "URL", global = true)]
    store: Option<String>,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Commit to all heads, sign where they stand, print that and add it to mirror, replica and backups
    Take {
        /// Where it goes: a folder or s3://BUCKET/PREFIX [default: the configured mirror, replica and backups]
        #[arg(long = "to", value_name = "PLACE")]
        places: Vec<ArchivePlace>,
    },
    /// Print the public key, by which anybody can prove a checkpoint; keep it where the store's owner cannot change it
    Key,
}

impl Arguments {
    pub(super) fn flags(&self) -> Vec<Flag> {
        self.store.iter().map(|value| Flag { key: keys::STORE, value: value.clone() }).collect()
    }
}

pub(super) fn run(arguments: &Arguments, shell: &Shell) -> Result<(), Failure> {
    let key = checkpoints::signing_key(&shell.config)?.ok_or_else(|| {
        Failure::usage(
            "this store has no place for a key: set VIBESHEETS_CHECKPOINT_KEY to a file, which is made where there is none",
        )
    })?;
    match &arguments.action {
        Action::Key => {
            let public = key.public_key().to_string();
            shell.answer(&json!({ "public_key": public }), || format!("{public}\n"))
        }
        Action::Take { places } => take(shell, &key, places),
    }
}

fn take(shell: &Shell, key: &dyn Signer, places: &[ArchivePlace]) -> Result<(), Failure> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::internal)?;
    runtime.block_on(async {
        let open = store::open(&shell.config.store).await?;
        let (id, store) = (open.id(), open.shared());
        let context = Context { store: &*store, time: &SystemTime, random: &SystemRandom };
        let taken = Checkpoints::default().take(context).await;
        let TakenCheckpoint { checkpoint, left_out } = taken.map_err(|error| Failure::new(Exit::Store, error))?;
        let mut problems: Vec<String> = left_out
            .iter()
            .map(|(organisation, error)| format!("organisation {organisation} is not in it: {error}"))
            .collect();
        let Some(checkpoint) = checkpoint else {
            return Err(match problems.is_empty() {
                true => Failure::refused("there is no organisation yet, so there is nothing to prove"),
                false => Failure::new(Exit::Store, problems.join("; ")),
            });
        };
        let (file, note) = checkpoints::signed(&checkpoint, key);
        let places = if places.is_empty() { shell.config.copies_places() } else { places.iter().cloned().map(CopiesPlace::from).collect() };
        let mut kept = Vec::new();
        for place in &places {
            match checkpoints::put(place, id, &file, &note).await {
                Ok(()) => kept.push(place.place.to_string()),
                Err(failure) => problems.push(format!("it is not in {}: {failure}", place.place)),
            }
        }
        let json = json!({ "file": file, "note": note, "time": checkpoint.time, "streams": checkpoint.heads.len(),
            "places": kept });
        // Whatever went wrong, this one proves something.
        shell.answer(&json, || note.clone())?;
        match problems.is_empty() {
            true => Ok(()),
            false => Err(Failure::new(Exit::Store, format!("the checkpoint was taken, but {}", problems.join("; ")))),
        }
    })
}
