//! `vibesheets restore`: any commit of what an archive holds, in a new place.

use std::path::Path;

use clap::Args;
use jiff::Timestamp;
use serde_json::json;
use vibesheets_core::{StoreId, TimeSource, checkpoint::PublicKey};
use vibesheets_ops::{
    archive::{Archive, ArchiveError, ArchivePlace},
    restore::{Plan, Point},
};
use vibesheets_store_sqlite::Location;

use super::{
    Shell,
    verify::{ahead_in_words, checkpoints_in_words},
};
use crate::{
    checkpoints,
    config::{CopiesPlace, Flag, keys},
    erasures::KnownErasures,
    failure::Failure,
    new_database::{NewDatabase, Purpose},
    rebuilding::{Known, Rebuilt, archive_failure, rebuild, restore_failure},
    store::StoreLocation,
    system::SystemTime,
};

/// What to restore, and where to.
#[derive(Debug, Args)]
pub struct Arguments {
    /// A mirror, a replica or a place of backups: a folder or s3://BUCKET/PREFIX
    #[arg(long, value_name = "PLACE")]
    from: ArchivePlace,
    /// The database to make [default: the configured store]
    #[arg(long = "to", value_name = "URL")]
    store: Option<String>,
    /// The state at this time, such as 2026-03-02T17:30:00+01:00 [default: the last commit]
    #[arg(long, value_name = "TIME", conflicts_with = "commit")]
    at: Option<Timestamp>,
    /// The state after this commit
    #[arg(long, value_name = "N")]
    commit: Option<u64>,
    /// The public key that the place's checkpoints must be signed with [default: that of the configured key]
    #[arg(long, value_name = "KEY")]
    key: Option<PublicKey>,
    /// Say what would be restored, and what not; change nothing
    #[arg(long)]
    dry_run: bool,
    /// Put it in the place of the database that is there, which is kept beside it
    #[arg(long)]
    replace: bool,
}

impl Arguments {
    pub(super) fn flags(&self) -> Vec<Flag> {
        self.store.iter().map(|value| Flag { key: keys::STORE, value: value.clone() }).collect()
    }

    const fn point(&self) -> Point {
        match (self.at, self.commit) {
            (Some(time), _) => Point::Time(time),
            (None, Some(commit)) => Point::Commit(commit),
            (None, None) => Point::Latest,
        }
    }
}

pub(super) fn run(arguments: &Arguments, shell: &Shell) -> Result<(), Failure> {
    let StoreLocation::Sqlite(Location::File(target)) = &shell.config.store.value else {
        return Err(Failure::usage(
            "restore makes a database in a file: name one with --to sqlite:PATH; `vibesheets move` brings it to DynamoDB",
        ));
    };
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::internal)?;
    runtime.block_on(async {
        let archive = Archive::open(&arguments.from, false).map_err(|error| archive_failure(&error))?;
        let plan = Plan::make(&archive, arguments.point()).await.map_err(restore_failure)?;
        if arguments.dry_run {
            return shell.answer(&plan_as_json(arguments, &plan), || plan_in_words(arguments, target, &plan));
        }
        let key = match &arguments.key {
            Some(key) => Some(key.clone()),
            None => checkpoints::public_key(&shell.config)?,
        };
        let database = NewDatabase::begin(target, Purpose::Restore { replace: arguments.replace })?;
        let erasures = match database.replaced() {
            Some(replaced) => KnownErasures::of(replaced).await,
            None => KnownErasures::default(),
        };
        let known = Known { erasures, key: key.as_ref(), must_be_proven: arguments.key.is_some() };
        let rebuilt = rebuild(&archive, &plan, database, known, SystemTime.now()).await?;
        let mut json = plan_as_json(arguments, &plan);
        json["commit"] = json!(rebuilt.commit);
        json["store"] = json!(rebuilt.store.to_string());
        json["erased"] = json!(rebuilt.erased.members);
        json["erasures_unread"] = json!(rebuilt.erased.unread);
        json["checkpoints"] = json!(rebuilt.checkpoints.held);
        json["checkpoints_ahead"] = json!(rebuilt.checkpoints.ahead);
        json["checkpoints_unread"] = json!(rebuilt.checkpoints.unread);
        json["records"] = json!(rebuilt.audit.records);
        json["entries"] = json!(rebuilt.audit.entries);
        let foreign = foreign_places(shell, rebuilt.store).await;
        json["places_of_other_stores"] = json!(foreign);
        json["replaced"] = json!(rebuilt.replaced.as_ref().map(|path| path.display().to_string()));
        shell.answer(&json, || in_words(target, &plan, &rebuilt, &foreign))
    })
}

fn plan_as_json(arguments: &Arguments, plan: &Plan) -> serde_json::Value {
    let (commit, time) = plan.commit.map_or((None, None), |(commit, time)| (Some(commit), time));
    json!({
        "from": arguments.from.to_string(),
        "source_store": plan.store.to_string(),
        "snapshot_commit": plan.snapshot.as_ref().map(|snapshot| snapshot.commit),
        "commit": commit,
        "commit_time": time,
        "archive_ends_with_commit": plan.left.archive_ends_with.map(|(commit, _)| commit),
        "archive_ends_at": plan.left.archive_ends_with.and_then(|(_, time)| time),
        "torn": plan.left.torn,
    })
}

fn plan_in_words(arguments: &Arguments, target: &Path, plan: &Plan) -> String {
    let what = match plan.commit {
        Some((commit, Some(time))) => format!("commit {commit} of {time}"),
        Some((commit, None)) => format!("commit {commit}"),
        None => "a state from before the oldest snapshot, written again from its journal".to_owned(),
    };
    let from = match &plan.snapshot {
        Some(snapshot) => format!("the snapshot of commit {} and what followed", snapshot.commit),
        None => "the first commit on".to_owned(),
    };
    format!(
        "Would restore {what} from {} to {}, from {from}.\n{}",
        arguments.from,
        target.display(),
        left_in_words(plan)
    )
}

fn in_words(target: &Path, plan: &Plan, rebuilt: &Rebuilt, foreign: &[String]) -> String {
    let Rebuilt { store, commit, erased, audit, checkpoints, replaced } = rebuilt;
    let mut erasures = match erased.members {
        0 => String::new(),
        1 => "1 erased member is erased here too.\n".to_owned(),
        more => format!("{more} erased members are erased here too.\n"),
    };
    for object in &erased.unread {
        erasures.push_str(&format!(
            "{object} is damaged, cut off or missing: whoever it says was erased is not known, and is not erased here. Erase them \
             again.\n"
        ));
    }
    let time = plan.commit.and_then(|(_, time)| time).map_or_else(String::new, |time| format!(" of {time}"));
    let kept = replaced
        .as_ref()
        .map_or_else(String::new, |kept| format!("What was there is called {} now.\n", kept.display()));
    let foreign = match foreign {
        [] => String::new(),
        places => format!(
            "Before it is served: {} holds another store's copies; move that away, or name another place with --backups, --replica or \
             --mirror.\n",
            places.join(", ")
        ),
    };
    format!(
        "{} holds commit {commit}{time}: {} records, {} entries, each as it was recorded; nobody has two open entries and \
         no two overlap. It is store {store}: give it a mirror, a replica and backups of its own. Everybody signs in again.\n\
         {}{}{erasures}{}{kept}{foreign}",
        target.display(),
        audit.records,
        audit.entries,
        checkpoints_in_words(checkpoints.held, checkpoints.unread),
        ahead_in_words(checkpoints.ahead),
        left_in_words(plan)
    )
}

/// The configured places in which a server would not keep copies of the restored store.
async fn foreign_places(shell: &Shell, store: StoreId) -> Vec<String> {
    let mut foreign = Vec::new();
    for CopiesPlace { place, .. } in shell.config.copies_places() {
        let Ok(archive) = Archive::open(&place, false) else { continue };
        if let Err(ArchiveError::Foreign { .. }) = archive.belongs_to(store).await {
            foreign.push(place.to_string());
        }
    }
    foreign
}

/// What is lost, if anything, and since when.
fn left_in_words(plan: &Plan) -> String {
    let mut words = match plan.left.archive_ends_with {
        Some((last, time)) => {
            let time = time.map_or_else(String::new, |time| format!(" of {time}"));
            format!("Left out: what followed until commit {last}{time}.\n")
        }
        None => "Nothing that is there is left out. What a server acknowledged later is not in a backup; a replica lacks the \
                 last half second at most, a mirror nothing.\n"
            .to_owned(),
    };
    if let Some(torn) = &plan.left.torn {
        words.push_str(&format!(
            "The last group of commits is not whole: {torn}. A power cut leaves that, and nobody was told that it was done, \
             unless the file was changed since.\n"
        ));
    }
    words
}
