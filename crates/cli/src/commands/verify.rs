//! `vibesheets verify`: every stream's chain is walked, what is shown is held against it, and both against what organisations and
//! signed checkpoints say of it.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use vibesheets_core::{
    TimeSource,
    audit::{Audit, Finding, NamedCheckpoint, Place},
    checkpoint::PublicKey,
};
use vibesheets_ops::archive::ArchivePlace;
use vibesheets_store_sqlite::{Location, Snapshot};

use super::{Shell, verify_file};
use crate::{
    archive_proof::{self, Proven},
    checkpoints,
    config::{Config, Flag, keys},
    failure::{Exit, Failure},
    output::Progress,
    proof::{prove, prove_streams},
    store::{self, StoreLocation},
    system::SystemTime,
};

/// What to prove, and against what.
#[derive(Debug, Args)]
pub struct Arguments {
    /// An audit file to prove in place of a store; nothing else is needed for it
    #[arg(value_name = "FILE", conflicts_with_all = ["store", "from"])]
    file: Option<PathBuf>,
    /// The store [default: the configured one]
    #[arg(long, value_name = "URL")]
    store: Option<String>,
    /// A mirror, a replica or a place of backups in the store's place: a folder or s3://BUCKET/PREFIX
    #[arg(long, value_name = "PLACE", conflicts_with = "store")]
    from: Option<ArchivePlace>,
    /// A checkpoint's file, or a place that holds checkpoints, which must be borne out
    #[arg(long, value_name = "CHECKPOINT")]
    against: Vec<String>,
    /// The public key that checkpoints must be signed with [default: that of the configured key]
    #[arg(long, value_name = "KEY")]
    key: Option<PublicKey>,
}

impl Arguments {
    pub(super) fn flags(&self) -> Vec<Flag> {
        self.store.iter().map(|value| Flag { key: keys::STORE, value: value.clone() }).collect()
    }
}

pub(super) fn run(arguments: &Arguments, shell: &Shell) -> Result<(), Failure> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::internal)?;
    if let Some(file) = &arguments.file {
        let brought = runtime.block_on(Brought::read(arguments, &shell.config))?;
        return runtime.block_on(verify_file::run(file, brought, shell));
    }
    let (what, proven) = runtime.block_on(async {
        let brought = Brought::read(arguments, &shell.config).await?;
        let brought_count = brought.checkpoints.len();
        let (what, mut proven) = match &arguments.from {
            Some(place) => {
                let proven = archive_proof::prove(place, brought.key.as_ref(), &brought.checkpoints).await?;
                (place.to_string(), proven)
            }
            None => {
                let audit = proven(&shell.config, &brought.checkpoints).await?;
                let what = shell.config.store.value.to_string();
                (what, Proven::of(audit))
            }
        };
        proven.checkpoints += brought_count;
        proven.audit.findings.extend(brought.unborne(proven.checkpoints));
        proven.audit.findings.extend(brought.findings);
        Ok::<_, Failure>((what, proven))
    })?;
    let mut json = as_json(&what, &proven.audit);
    json["checkpoints"] = json!(proven.checkpoints);
    json["checkpoints_unread"] = json!(proven.checkpoints_unread);
    json["checkpoints_ahead"] = json!(proven.checkpoints_ahead);
    shell.answer(&json, || {
        let held = checkpoints_in_words(proven.checkpoints, proven.checkpoints_unread);
        let ahead = ahead_in_words(proven.checkpoints_ahead);
        format!("{}{held}{ahead}", words(&what, &proven.audit))
    })?;
    let audit = proven.audit;
    if audit.findings.is_empty() {
        return Ok(());
    }
    let message = match audit.findings.len() {
        1 => "1 finding".to_owned(),
        more => format!("{more} findings"),
    };
    if audit.is_mended_by_erasing() {
        return Err(Failure::new(
            Exit::Damaged,
            format!("{message} in {what}: an erasure was interrupted, and asking for it again finishes it"),
        ));
    }
    Err(Failure::new(
        Exit::Damaged,
        format!(
            "{message} in {what}; nothing was changed by looking. Stop the server, keep a copy of it as it is, and \
             go back to a backup from before; the records before the first one named are proven"
        ),
    ))
}

/// What somebody brings to hold a store against.
pub(super) struct Brought {
    /// What they are signed with.
    pub key: Option<PublicKey>,
    /// Somebody said so.
    pub is_key_named: bool,
    /// Those that it signed.
    pub checkpoints: Vec<NamedCheckpoint>,
    /// Checkpoints that are not believed.
    pub findings: Vec<Finding>,
}

impl Brought {
    async fn read(arguments: &Arguments, config: &Config) -> Result<Self, Failure> {
        let key = match &arguments.key {
            Some(key) => Some(key.clone()),
            None => checkpoints::public_key(config)?,
        };
        let is_key_named = arguments.key.is_some();
        if is_key_named
            && arguments.against.is_empty()
            && arguments.file.is_none()
            && arguments.from.is_none()
        {
            return Err(Failure::usage(
                "--key proves a store only with a checkpoint: name one with --against",
            ));
        }
        let mut brought = Self { key, is_key_named, checkpoints: Vec::new(), findings: Vec::new() };
        for named in &arguments.against {
            let key = brought.key.as_ref().ok_or_else(|| {
                Failure::usage(
                    "a checkpoint proves something only with the key that signed it: give the public one with --key, as \
                     `vibesheets checkpoint key` prints it",
                )
            })?;
            let (checkpoints, faults) = checkpoints::read(named, key).await?;
            brought.checkpoints.extend(checkpoints);
            brought.findings.extend(
                faults.iter().map(|fault| {
                    Finding::new(Place::FILE, format!("{named}: {} {}", fault.object, fault.what))
                }),
            );
        }
        Ok(brought)
    }

    /// What is wrong where somebody named a key, and none of the `held` checkpoints is signed with it: whoever wrote a history anew
    /// leaves them out.
    pub fn unborne(&self, held: usize) -> Option<Finding> {
        let key = self.key.as_ref().filter(|_| self.is_key_named && held == 0 && self.findings.is_empty())?;
        let what =
            format!("there is no checkpoint signed by {}+{} to hold it against", key.name, key.id_text());
        Some(Finding::new(Place::FILE, what))
    }
}

async fn proven(config: &Config, checkpoints: &[NamedCheckpoint]) -> Result<Audit, Failure> {
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
            prove(&snapshot, now, checkpoints, &told).await.map_err(unreadable)
        }
        StoreLocation::DynamoDb(_) => {
            let store = store::open(&config.store).await?.shared();
            prove_streams(&*store, now, checkpoints, &told).await.map_err(unreadable)
        }
    }
}

fn as_json(store: &str, audit: &Audit) -> serde_json::Value {
    let findings: Vec<_> = audit
        .findings
        .iter()
        .map(|finding| {
            let stream = finding.place.stream.map(|stream| stream.to_string());
            json!({ "stream": stream, "seq": finding.place.seq, "what": finding.what })
        })
        .collect();
    json!({ "store": store, "streams": audit.streams, "records": audit.records,
        "entries": audit.entries, "findings": findings })
}

/// What was walked, and each finding on a line of its own.
pub fn words(store: &str, audit: &Audit) -> String {
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

/// What it means that checkpoints saw more than there is.
pub(super) fn ahead_in_words(ahead: usize) -> String {
    if ahead == 0 {
        return String::new();
    }
    format!(
        "It ends before {} of its own: what was recorded after that is not here. A backup is of the time when it was taken, and a \
         replica may lag behind; a mirror that ends before was cut off, or the checkpoint was taken without it.\n",
        count(ahead as u64, "checkpoint", "checkpoints")
    )
}

/// How many checkpoints it was held against, and how many nobody could read for want of a key.
pub(super) fn checkpoints_in_words(checkpoints: usize, unread: usize) -> String {
    let mut words = match checkpoints {
        0 if unread == 0 => {
            "It was held against no checkpoint: that nobody wrote all of it anew is not proven.\n".to_owned()
        }
        0 => String::new(),
        some => format!("It was held against {}.\n", count(some as u64, "checkpoint", "checkpoints")),
    };
    match unread {
        0 => {}
        1 => words.push_str("1 checkpoint there was not looked at: "),
        more => words.push_str(&format!("{more} checkpoints there were not looked at: ")),
    }
    if unread > 0 {
        words.push_str("give the public key with --key, as `vibesheets checkpoint key` prints it.\n");
    }
    words
}

/// So many of something.
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
