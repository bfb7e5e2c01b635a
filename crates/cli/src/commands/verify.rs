//! `vibesheets verify`: every stream's chain is walked, and what the store shows is held against it.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use vibesheets_core::{TimeSource, audit::Audit};
use vibesheets_store_sqlite::{Location, Snapshot};

use super::{Shell, verify_file};
use crate::{
    config::{Config, Flag, keys},
    failure::{Exit, Failure},
    output::Progress,
    proof::{prove, prove_streams},
    store::{self, StoreLocation},
    system::SystemTime,
};

/// What to prove.
#[derive(Debug, Args)]
pub struct Arguments {
    /// An audit file to prove in place of a store; nothing else is needed for it
    #[arg(value_name = "FILE", conflicts_with = "store")]
    file: Option<PathBuf>,
    /// The store [default: the configured one]
    #[arg(long, value_name = "URL")]
    store: Option<String>,
}

impl Arguments {
    pub(super) fn flags(&self) -> Vec<Flag> {
        self.store.iter().map(|value| Flag { key: keys::STORE, value: value.clone() }).collect()
    }
}

pub(super) fn run(arguments: &Arguments, shell: &Shell) -> Result<(), Failure> {
    if let Some(file) = &arguments.file {
        return verify_file::run(file, shell);
    }
    let store = &shell.config.store;
    let audit = proven(&shell.config)?;
    shell.answer(&as_json(&store.value, &audit), || words(&store.value, &audit))?;
    if audit.findings.is_empty() {
        return Ok(());
    }
    let message = match audit.findings.len() {
        1 => "1 finding".to_owned(),
        more => format!("{more} findings"),
    };
    Err(Failure::new(
        Exit::Damaged,
        format!(
            "{message} in {}; nothing was changed by looking. Stop the server, keep a copy of the store as it is, and \
             go back to a backup from before; the records before the first one named are proven",
            store.value
        ),
    ))
}

fn proven(config: &Config) -> Result<Audit, Failure> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::internal)?;
    let progress = Progress::spinner("Verifying");
    let told = |audit: &Audit| {
        progress.say(format!("Verifying: {} streams, {} records", audit.streams, audit.records));
    };
    let unreadable = |error| Failure::new(Exit::Store, error);
    let now = SystemTime.now();
    match &config.store.value {
        StoreLocation::Sqlite(Location::Memory) => {
            Err(Failure::new(Exit::Store, "a store in memory is gone with the server that has it"))
        }
        StoreLocation::Sqlite(Location::File(path)) if !path.exists() => {
            Err(Failure::new(Exit::Store, format!("there is no database {}", path.display())))
        }
        StoreLocation::Sqlite(Location::File(path)) => {
            let snapshot = Snapshot::open(path).map_err(|error| store::open_error(&error))?;
            runtime.block_on(prove(&snapshot, now, &told)).map_err(unreadable)
        }
        StoreLocation::DynamoDb(_) => runtime.block_on(async {
            let store = store::open(&config.store).await?.shared();
            prove_streams(&*store, now, &told).await.map_err(unreadable)
        }),
    }
}

fn as_json(store: &StoreLocation, audit: &Audit) -> serde_json::Value {
    let findings: Vec<_> = audit
        .findings
        .iter()
        .map(|finding| {
            let stream = finding.place.stream.map(|stream| stream.to_string());
            json!({ "stream": stream, "seq": finding.place.seq, "what": finding.what })
        })
        .collect();
    json!({ "store": store.to_string(), "streams": audit.streams, "records": audit.records,
        "entries": audit.entries, "findings": findings })
}

/// What was walked, and each finding on a line of its own.
pub fn words(store: &StoreLocation, audit: &Audit) -> String {
    let Audit { streams, records, entries, findings, .. } = audit;
    let walked = format!(
        "{}, {}, {}",
        count(*streams, "stream", "streams"),
        count(*records, "record", "records"),
        count(*entries, "entry", "entries")
    );
    if findings.is_empty() {
        return format!(
            "{store}: {walked}. Every record is as it was written, and what is shown is what was recorded.\n"
        );
    }
    let lines: String = findings.iter().map(|finding| format!("  {finding}\n")).collect();
    format!("{store}: {walked}. This is not as it was written:\n{lines}")
}

/// So many of something.
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
