//! Whether what is missing in a file was erased. Sign-ins stand before the organisations that tell who was, so that is known at
//! the end.

use std::collections::BTreeMap;

use super::scan::place;
use crate::{
    MemberId, OrganisationId,
    audit::{Erased, HALF_ERASED, Place},
    journal::{Operation, Payload, PayloadBody, Record, StreamId},
};

#[derive(Default)]
pub(super) struct Erasures {
    erased: Erased,
    /// The first record of each stream whose payload is missing.
    without_payload: BTreeMap<StreamId, Place>,
    /// The first record of each stream whose payload is there.
    with_payload: BTreeMap<StreamId, Place>,
    /// Where names and addresses are missing.
    without_person: Vec<(Place, OrganisationId, MemberId)>,
    /// The first record of each member in which name and address are there.
    with_person: BTreeMap<(OrganisationId, MemberId), Place>,
    /// The first record of each organisation where the hash of an answer is missing.
    without_answer: BTreeMap<OrganisationId, Place>,
    /// The last member's stream that ended.
    closed: Option<StreamId>,
}

impl Erasures {
    /// Takes the next record; what is wrong with it.
    pub fn see(&mut self, record: &Record, payload: Option<&Payload>) -> Option<String> {
        if self.closed == Some(record.stream) {
            return Some("follows the record with which the stream ended".to_owned());
        }
        if record.operation == Operation::MemberErase && matches!(record.stream, StreamId::Member(..)) {
            self.closed = Some(record.stream);
        }
        let Some(payload) = payload else {
            self.without_payload.entry(record.stream).or_insert(place(record));
            return None;
        };
        let StreamId::Organisation(organisation) = record.stream else {
            self.with_payload.entry(record.stream).or_insert(place(record));
            return None;
        };
        let sealed = payload.read().ok()?;
        let gone = sealed.erased.into_iter().map(|member| (place(record), organisation, member));
        self.without_person.extend(gone);
        for member in &sealed.persons {
            self.with_person.entry((organisation, *member)).or_insert(place(record));
        }
        if sealed.answer_erased {
            self.without_answer.entry(organisation).or_insert(place(record));
        }
        let PayloadBody::Directory(changes) = sealed.changes else { return None };
        let mut faults =
            changes.iter().filter_map(|change| self.erased.see(organisation, record.operation, change));
        let first = faults.next();
        // Every change is to be seen.
        faults.for_each(drop);
        first.map(str::to_owned)
    }

    /// The first place where something is missing that was not erased.
    pub fn check(&self) -> Result<(), (Place, String)> {
        let is_erased = |stream| match stream {
            StreamId::Account(account) => self.erased.is_account(account),
            StreamId::Member(organisation, member) => self.erased.is_member(organisation, member),
            StreamId::Organisation(_) => false,
        };
        if let Some((_, place)) = self.without_payload.iter().find(|(stream, _)| !is_erased(**stream)) {
            return Err((*place, "its payload is missing, and nobody whose it was is erased".to_owned()));
        }
        let is_left = |(organisation, member): &(_, _)| self.erased.is_member(*organisation, *member);
        let streams_left =
            self.with_payload.iter().find(|(stream, _)| is_erased(**stream)).map(|(_, place)| place);
        let persons_left = self.with_person.iter().find(|(who, _)| is_left(who)).map(|(_, place)| place);
        if let Some(place) = streams_left.or(persons_left) {
            return Err((*place, format!("{HALF_ERASED} in the store, and export it again")));
        }
        let nobody = |organisation: &_| !self.erased.is_somebody_of(*organisation);
        if let Some((_, place)) = self.without_answer.iter().find(|(organisation, _)| nobody(organisation)) {
            return Err((*place, "the hash of its answer is missing, and nobody is erased".to_owned()));
        }
        let is_kept = |(_, organisation, member): &&(_, _, _)| !self.erased.is_member(*organisation, *member);
        match self.without_person.iter().find(is_kept) {
            Some((place, _, member)) => {
                Err((*place, format!("name and address of member {member} are missing, who was not erased")))
            }
            None => Ok(()),
        }
    }
}
