//! `vibesheets audit export`: a file that is whole or not there.

use std::{
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use serde_json::json;
use vibesheets_core::{
    audit_file::{ExportError, Exported, export},
    checkpoint::Signer,
};
use vibesheets_store_sqlite::{Location, Snapshot};

use super::Shell;
use crate::{
    checkpoints,
    config::{Config, Flag, keys},
    failure::{Exit, Failure},
    output::Progress,
    private_file::Replacement,
    store::{self, StoreLocation},
};

/// From which store, and where to.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The store [default: the configured one]
    #[arg(long, value_name = "URL")]
    store: Option<String>,
    /// The file to make, which must not be there yet [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Arguments {
    pub(super) fn flags(&self) -> Vec<Flag> {
        self.store.iter().map(|value| Flag { key: keys::STORE, value: value.clone() }).collect()
    }
}

pub(super) fn run(arguments: &Arguments, shell: &Shell) -> Result<(), Failure> {
    let Some(path) = &arguments.output else {
        return write(&shell.config, io::stdout(), "standard output").map(drop);
    };
    let place = path.display().to_string();
    let mut file = Replacement::begin_new(path).map_err(|error| failure(path, &error))?;
    let exported = write(&shell.config, &mut file, &place)?;
    file.finish().map_err(|error| failure(path, &error))?;
    let Exported { streams, records, bytes, digest } = exported;
    let json = json!({ "store": shell.config.store.value.to_string(), "file": path, "streams": streams,
        "records": records, "bytes": bytes, "digest": digest.to_string() });
    shell.answer(&json, || {
        format!(
            "{place} holds {streams} streams with {records} records, each as it was recorded ({bytes} bytes). It is as private as \
             the store.\n"
        )
    })
}

fn write(config: &Config, output: impl Write + Send, place: &str) -> Result<Exported, Failure> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::internal)?;
    let output = BufWriter::with_capacity(1 << 18, output);
    let key = checkpoints::existing_key(config)?;
    let signer = key.as_ref().map(|key| key as &dyn Signer);
    let progress = Progress::of_count("Exporting");
    let told = |done, all| progress.at(done, all);
    let exported = match &config.store.value {
        StoreLocation::Sqlite(Location::Memory) => {
            return Err(Failure::new(Exit::Store, "a store in memory is gone with the server that has it"));
        }
        StoreLocation::Sqlite(Location::File(path)) if !path.exists() => {
            return Err(Failure::new(Exit::Store, format!("there is no database {}", path.display())));
        }
        StoreLocation::Sqlite(Location::File(path)) => {
            let snapshot = Snapshot::open(path).map_err(|error| store::open_error(&error))?;
            runtime.block_on(export(&snapshot, output, signer, &told))
        }
        StoreLocation::DynamoDb(_) => runtime.block_on(async {
            let store = store::open(&config.store).await?.shared();
            Ok::<_, Failure>(export(&*store, output, signer, &told).await)
        })?,
    };
    exported.map_err(|error| match error {
        ExportError::Output(error) => Failure::refused(format!("{place} cannot be written: {error}")),
        ExportError::Damaged { .. } => Failure::new(Exit::Damaged, error),
        ExportError::Store(_) | ExportError::Changed { .. } => Failure::new(Exit::Store, error),
    })
}

fn failure(path: &Path, error: &io::Error) -> Failure {
    let path = path.display();
    Failure::refused(match error.kind() {
        io::ErrorKind::AlreadyExists => {
            format!("{path} is there already and stays as it is; name another file with -o")
        }
        _ => format!("{path} cannot be made: {error}"),
    })
}
