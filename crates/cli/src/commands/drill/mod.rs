//! `vibesheets drill`: the loss of a disk, rehearsed on a copy: nothing that is served is touched.

mod commits;
mod promise;
mod rehearsal;

use std::{path::Path, time::Duration};

use clap::Args;
use serde_json::json;
use vibesheets_ops::{archive::ArchivePlace, scratch::Scratch};
use vibesheets_store_sqlite::Location;

use self::{
    promise::Promise,
    rehearsal::{Drill, Drilled},
};
use super::{
    Shell,
    verify::{ahead_in_words, checkpoints_in_words},
};
use crate::{
    config::{Flag, keys},
    failure::{Exit, Failure},
    paths::{file_failure, folder_of},
    store::StoreLocation,
};

/// The guide's promise for a restore, and for what it may lose.
const AN_HOUR: Duration = Duration::from_secs(60 * 60);

/// What to rehearse.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The mirror, replica or place of backups to restore from [default: a snapshot that is taken for the drill]
    #[arg(long, value_name = "PLACE")]
    from: Option<ArchivePlace>,
    /// The store [default: the configured one]
    #[arg(long, value_name = "URL")]
    store: Option<String>,
}

impl Arguments {
    pub(in crate::commands) fn flags(&self) -> Vec<Flag> {
        self.store.iter().map(|value| Flag { key: keys::STORE, value: value.clone() }).collect()
    }
}

pub(in crate::commands) fn run(arguments: &Arguments, shell: &Shell) -> Result<(), Failure> {
    let StoreLocation::Sqlite(Location::File(path)) = &shell.config.store.value else {
        return Err(Failure::usage("a drill is of a database in a file; name one with --store sqlite:PATH"));
    };
    let beside = folder_of(path);
    let scratch = Scratch::begin(beside, "drill-").map_err(|error| file_failure(beside, &error))?;
    let drill = Drill { path, from: arguments.from.as_ref(), scratch: scratch.path(), config: &shell.config };
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::internal)?;
    let drilled = runtime.block_on(drill.run())?;
    let Drilled { rebuilt, held, lost, rto, backup } = &drilled;
    let json = json!({
        "store": shell.config.store.value.to_string(),
        "commit": rebuilt.commit, "commits_at_the_start": held, "commits_lost": lost.commits,
        "recovery_point_seconds": lost.oldest.map(|age| age.as_secs_f64()), "recovery_time_seconds": rto.as_secs_f64(),
        "backup_seconds": backup.map(|backup| backup.as_secs_f64()),
        "records": rebuilt.audit.records, "entries": rebuilt.audit.entries,
        "checkpoints": rebuilt.checkpoints.held, "checkpoints_ahead": rebuilt.checkpoints.ahead,
        "checkpoints_unread": rebuilt.checkpoints.unread,
    });
    shell.answer(&json, || drilled.in_words(path))?;
    drilled.judge(&Promise::of(arguments.from.as_ref(), &shell.config))
}

impl Drilled {
    fn in_words(&self, path: &Path) -> String {
        let Self { rebuilt, held, lost, rto, backup } = self;
        let taken = backup.map_or_else(String::new, |backup| {
            format!("A snapshot was taken and proven in {:.1} s. ", backup.as_secs_f64())
        });
        let lost = match (lost.commits, lost.oldest) {
            (0, _) => "nothing".to_owned(),
            (some, Some(oldest)) => {
                format!("{some} of {held} commits, the oldest {:.1} s old", oldest.as_secs_f64())
            }
            (some, None) => format!(
                "{some} of {held} commits; the clock was set back since, so nobody knows how old they are"
            ),
        };
        format!(
            "{taken}A copy of {} was destroyed and restored: commit {}, {} records, {} entries, each the same as in the store.\n\
             {}{}Lost (RPO): {lost}. From the loss to a proven store (RTO): {:.1} s.\n",
            path.display(),
            rebuilt.commit,
            rebuilt.audit.records,
            rebuilt.audit.entries,
            checkpoints_in_words(rebuilt.checkpoints.held, rebuilt.checkpoints.unread),
            ahead_in_words(rebuilt.checkpoints.ahead),
            rto.as_secs_f64()
        )
    }

    /// A rehearsal that ends badly must not look like one that ends well.
    fn judge(&self, promise: &Promise) -> Result<(), Failure> {
        let broken = |what: String| Err(Failure::new(Exit::Damaged, format!("the drill {what}")));
        if self.rto > AN_HOUR {
            return broken("took more than an hour, which the guide promises".to_owned());
        }
        let commits = self.lost.commits;
        match *promise {
            Promise::Nothing if commits > 0 => {
                broken(format!("lost {commits} commits, and was to lose nothing"))
            }
            Promise::NothingOlderThan(most) if self.lost.oldest.is_none_or(|oldest| oldest > most) => {
                broken(format!("lost what was more than {} s old, or nobody knows how old", most.as_secs()))
            }
            _ => Ok(()),
        }
    }
}
