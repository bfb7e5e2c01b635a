//! What one stream's payloads say, folded record by record where there is no store to hold it against.

use std::collections::BTreeMap;

use super::{Finding, Place, directory, entries};
use crate::{
    Account, Entry, EntryId,
    foreign::shown,
    journal::{AccountChange, Payload, PayloadBody, Record, StreamId},
};

/// The state that a stream's records lead to.
pub(crate) struct StreamFold {
    stream: StreamId,
    state: State,
    /// Whether a payload was erased: then what follows is not the whole story.
    in_part: bool,
}

enum State {
    Account(Option<Account>),
    Organisation(Box<directory::Folded>),
    Member(BTreeMap<EntryId, Entry>),
}

impl StreamFold {
    /// Of a stream without records.
    pub(crate) fn new(stream: StreamId) -> Self {
        let state = match stream {
            StreamId::Account(_) => State::Account(None),
            StreamId::Organisation(_) => State::Organisation(Box::default()),
            StreamId::Member(..) => State::Member(BTreeMap::new()),
        };
        Self { stream, state, in_part: false }
    }

    /// Adds what the next record says; the first thing that is wrong with it.
    pub(crate) fn add(&mut self, record: &Record, payload: Option<&Payload>) -> Option<String> {
        let Some(payload) = payload else {
            self.in_part = true;
            return None;
        };
        let changes = match payload.open() {
            Ok(changes) => changes,
            Err(error) => {
                return Some(format!("its payload is not one this version knows: {}", shown(error)));
            }
        };
        let place = Place { stream: Some(self.stream), seq: Some(record.seq) };
        let mut findings = Vec::new();
        match (&mut self.state, changes) {
            (State::Account(account), PayloadBody::Account(AccountChange(revision))) => {
                if *account != revision.before {
                    findings.push(Finding::new(place, "does not continue the account's version before"));
                }
                *account = Some(revision.after);
            }
            (State::Organisation(folded), PayloadBody::Directory(changes)) => {
                changes.into_iter().for_each(|change| folded.apply(place, change, &mut findings));
            }
            (State::Member(folded), PayloadBody::Entries(change)) => {
                let revisions = change.entries.into_iter();
                revisions.for_each(|revision| entries::fold(folded, place, revision, &mut findings));
            }
            _ => return Some("its payload belongs to another kind of stream".to_owned()),
        }
        if self.in_part { None } else { findings.into_iter().next().map(|finding| finding.what) }
    }

    /// The first rule between entries (I1, I2) that the stream's last state breaks.
    pub(crate) fn broken_rule(self) -> Option<String> {
        let State::Member(folded) = self.state else { return None };
        if self.in_part {
            return None;
        }
        let live = folded.into_values().filter(|entry| !entry.deleted).collect();
        let mut findings = Vec::new();
        entries::rules(live, self.stream, &mut findings);
        findings.into_iter().next().map(|finding| finding.what)
    }
}
