//! `vibesheets verify FILE`: an audit file, proven without any store.

use std::path::Path;

use serde_json::{Value, json};
use vibesheets_core::audit_file::{AuditFileFault, LinePlace, Scanned};

use super::{Shell, verify::count};
use crate::{
    audit_file::{self, Unusable},
    failure::{Exit, Failure},
};

pub(super) fn run(path: &Path, shell: &Shell) -> Result<(), Failure> {
    match audit_file::open(path) {
        Ok(file) => {
            let Scanned { streams, records, bytes } = file.scanned();
            let json = json!({ "file": path, "streams": streams, "records": records, "bytes": bytes, "findings": [] });
            shell.answer(&json, || {
                let (streams, records) =
                    (count(streams, "stream", "streams"), count(records, "record", "records"));
                format!(
                    "{}: {streams}, {records}. The file is whole and every record is as it was written; nobody has two open \
                     entries and no two overlap.\n",
                    path.display()
                )
            })
        }
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
