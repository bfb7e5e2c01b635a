//! What of an organisation's record is a person's own: names and addresses of members, and the hash of an answer that may tell
//! them, since whoever knows the rest of the answer could find them out by trying. They stand beside the rest of the payload, each
//! with a salt of its own, so that one person's can be erased and everything else in the record stays readable and proven.
//!
//! A payload with such parts is several lines: first the JSON of everything else, which lists the parts' digests, then a line for
//! each part that was not erased: the number of the change it belongs to, or how many there are for the answer's, its salt as
//! hexadecimal digits, and its JSON.

use serde::{Deserialize, Serialize};

use super::{DirectoryChange, Hash, Revision};
use crate::{Email, Member, MemberId, Name, RandomSource};

/// A part's digest, in the payload's first line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PartDigest {
    /// The change that it belongs to, counted from 0; of the answer's how many changes there are.
    pub change: usize,
    /// Over salt and JSON.
    pub digest: Hash,
}

/// A part that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part<'a> {
    pub change: usize,
    salt: &'a str,
    json: &'a str,
}

#[derive(Serialize, Deserialize)]
struct Person {
    name: Name,
    email: Option<Email>,
}

impl Person {
    fn of(member: &Member) -> Self {
        Self { name: member.name.clone(), email: member.email.clone() }
    }

    fn give(self, member: &mut Member) {
        member.name = self.name;
        member.email = self.email;
    }
}

/// Who a member was and is.
#[derive(Serialize, Deserialize)]
struct Persons {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<Person>,
    after: Person,
}

/// What is apart of a payload.
#[derive(Debug, Default)]
pub(super) struct Apart {
    /// What the first line lists.
    pub digests: Vec<PartDigest>,
    /// What follows it, each line behind a line feed.
    pub lines: String,
}

impl Apart {
    fn add(&mut self, change: usize, json: &str, random: &dyn RandomSource) {
        let mut salt = [0; 16];
        random.fill(&mut salt);
        let salt: String = salt.iter().map(|byte| format!("{byte:02x}")).collect();
        let part = Part { change, salt: &salt, json };
        self.digests.push(PartDigest { change, digest: part.digest() });
        self.lines.push_str(&format!("\n{change} {salt} {json}"));
    }
}

/// `changes` without anybody's name and address, and what is apart: these, and the hash of the answer.
pub(super) fn apart(
    changes: &[DirectoryChange],
    applied: Option<Hash>,
    random: &dyn RandomSource,
) -> (Vec<DirectoryChange>, Apart) {
    let (mut rest, mut apart) = (Vec::new(), Apart::default());
    for (change, of) in changes.iter().enumerate() {
        let mut of = of.clone();
        if let DirectoryChange::Member(Revision { before, after }) = &mut of {
            let persons = Persons { before: before.as_ref().map(Person::of), after: Person::of(after) };
            apart.add(change, &serde_json::to_string(&persons).expect("texts are always JSON"), random);
            before.iter_mut().for_each(Member::forget_person);
            after.forget_person();
        }
        rest.push(of);
    }
    if let Some(applied) = applied {
        apart.add(changes.len(), &serde_json::to_string(&applied).expect("a text is always JSON"), random);
    }
    (rest, apart)
}

impl<'a> Part<'a> {
    /// Reads a line; `None` for one that was never written.
    pub fn parse(line: &'a str) -> Option<Self> {
        let mut words = line.splitn(3, ' ');
        let (change, salt, json) = (words.next()?, words.next()?, words.next()?);
        let is_number = !change.is_empty() && change.bytes().all(|byte| byte.is_ascii_digit());
        let is_spelt = is_number && (change == "0" || !change.starts_with('0'));
        is_spelt.then_some(Self { change: change.parse().ok()?, salt, json })
    }

    pub fn digest(&self) -> Hash {
        Hash::of(&[b"vibesheets person 1", self.salt.as_bytes(), self.json.as_bytes()])
    }

    /// The hash of the answer, if this is its part.
    pub fn applied(&self) -> Option<Hash> {
        serde_json::from_str(self.json).ok()
    }

    /// Gives `change` back what it lacks.
    pub fn give(&self, change: &mut DirectoryChange) -> Result<(), serde_json::Error> {
        let persons: Persons = serde_json::from_str(self.json)?;
        if let DirectoryChange::Member(Revision { before, after }) = change {
            persons.after.give(after);
            if let (Some(before), Some(person)) = (before, persons.before) {
                person.give(before);
            }
        }
        Ok(())
    }
}

/// Whose change it is, where it is a member's.
pub(super) const fn member_of(change: &DirectoryChange) -> Option<MemberId> {
    match change {
        DirectoryChange::Member(revision) => Some(revision.after.id),
        _ => None,
    }
}
