//! `vibesheets verify FILE`: an audit file, proven without any store.

use std::path::Path;

use serde_json::{Value, json};
use vibesheets_api::Ed25519;
use vibesheets_core::{
    audit::{Finding, NamedCheckpoint, Place, audit_heads},
    audit_file::{AuditFile, AuditFileFault, LinePlace, Scanned},
    checkpoint::{Checkpoint, NoteFault},
};

use super::{
    Shell,
    verify::{Brought, checkpoints_in_words, count},
};
use crate::{
    audit_file::{self, FileOnDisk, Unusable},
    failure::{Exit, Failure},
};

pub(super) async fn run(path: &Path, brought: Brought, shell: &Shell) -> Result<(), Failure> {
    match audit_file::open(path) {
        Ok(file) => proven(path, &file, brought, shell).await,
        Err(Unusable::Refused(failure)) => Err(failure),
        Err(Unusable::Damaged(fault)) => {
            let json = json!({ "file": path, "findings": [as_json(&fault)] });
            shell.answer(&json, || {
                format!("{}: this is the first that is not as it was written:\n  {fault}\n", path.display())
            })?;
            Err(Failure::new(
                Exit::Damaged,
                format!(
                    "{} is not as it was written; take it from another place, or export it again. The records before the one \
                     named are proven",
                    path.display()
                ),
            ))
        }
    }
}

/// The file is whole; what its organisations committed to and what checkpoints saw is still to be borne out.
async fn proven(
    path: &Path,
    file: &AuditFile<FileOnDisk>,
    mut brought: Brought,
    shell: &Shell,
) -> Result<(), Failure> {
    let (mut unread, mut is_of_all) = (0, true);
    match (file.checkpoint(), &brought.key) {
        (Some(note), Some(key)) => match Checkpoint::open(note, key, &Ed25519) {
            Ok(checkpoint) => {
                is_of_all = checkpoint == file.ends();
                brought
                    .checkpoints
                    .push(NamedCheckpoint { name: "in the file itself".to_owned(), checkpoint });
            }
            Err(NoteFault::OtherKey { .. }) if !brought.is_key_named => unread = 1,
            Err(fault) => {
                brought.findings.push(Finding::new(Place::FILE, format!("the checkpoint in it {fault}")))
            }
        },
        (Some(_), None) => unread = 1,
        (None, _) => {}
    }
    brought.findings.extend(brought.unborne(brought.checkpoints.len()));
    let Brought { checkpoints, mut findings, .. } = brought;
    let found = audit_heads(file, &checkpoints).await;
    findings.extend(found.map_err(|error| Failure::new(Exit::Store, error))?);
    if findings.is_empty() && !is_of_all {
        let what = "the checkpoint in it saw less than it holds: it is of another time or of another export";
        findings.push(Finding::new(Place::FILE, what));
    }
    let Scanned { streams, records, bytes } = file.scanned();
    let told: Vec<Value> = findings
        .iter()
        .map(|finding| {
            let stream = finding.place.stream.map(|stream| stream.to_string());
            json!({ "stream": stream, "seq": finding.place.seq, "what": finding.what })
        })
        .collect();
    let json = json!({ "file": path, "streams": streams, "records": records, "bytes": bytes,
        "checkpoints": checkpoints.len(), "checkpoints_unread": unread, "findings": told });
    shell.answer(&json, || {
        let (streams, records) = (count(streams, "stream", "streams"), count(records, "record", "records"));
        let held = checkpoints_in_words(checkpoints.len(), unread);
        let file = path.display();
        if findings.is_empty() {
            return format!(
                "{file}: {streams}, {records}. The file is whole and every record is as it was written; nobody has two open \
                 entries and no two overlap.\n{held}"
            );
        }
        let lines: String = findings.iter().map(|finding| format!("  {finding}\n")).collect();
        format!("{file}: {streams}, {records}. This is not as it was written:\n{lines}{held}")
    })?;
    match findings.len() {
        0 => Ok(()),
        some => Err(Failure::new(
            Exit::Damaged,
            format!(
                "{} in {}; take it from another place",
                count(some as u64, "finding", "findings"),
                path.display()
            ),
        )),
    }
}

/// A record that a line only follows is told as `after`.
fn as_json(AuditFileFault { line, place, what }: &AuditFileFault) -> Value {
    let (record, after) = match place {
        LinePlace::Record(place) => (Some(place), None),
        LinePlace::After(place) => (None, Some(place)),
        LinePlace::Start => (None, None),
    };
    let stream = record.and_then(|place| place.stream).map(|stream| stream.to_string());
    json!({ "line": line, "stream": stream, "seq": record.and_then(|place| place.seq),
        "after": after.map(ToString::to_string), "what": what })
}
