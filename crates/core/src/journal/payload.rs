//! What changed, beside the chain. A payload is self-contained: everything restorable is rebuilt from payloads
//! alone. Sessions and rate counters are not in the journal and are not restored; of a command's answer it holds the hash,
//! by which the kept answer is proven while it is kept.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Hash, StreamId,
    personal::{self, Part, PartDigest},
};
use crate::{
    Account, Client, Entry, Import, ImportId, Invitation, Member, MemberId, Organisation, Project,
    RandomSource, Tag,
};

/// What a payload begins with that holds something apart; any other begins with its changes.
const APART: &[u8] = b"{\"personal\":";

/// A payload's bytes and the salt that its digest carries. Both go when a person's data is erased; of an organisation's record
/// only what is that person's own (see `personal`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payload {
    /// 16 random bytes: without them nobody can find out an erased payload by trying.
    pub salt: [u8; 16],
    /// A [`Sealed`] as JSON; hashed as it stands.
    pub body: Vec<u8>,
}

/// A payload's first line, or all of it.
#[derive(Serialize)]
struct Sealing<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    personal: Option<&'a [PartDigest]>,
    changes: &'a PayloadBody,
    #[serde(skip_serializing_if = "Option::is_none")]
    applied: Option<Hash>,
}

/// The same, read.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    personal: Vec<PartDigest>,
    changes: PayloadBody,
    #[serde(default)]
    applied: Option<Hash>,
}

impl Payload {
    /// `changes` and the hash of the answer that is kept with them, under a fresh salt.
    pub fn seal(changes: &PayloadBody, applied: Option<Hash>, random: &dyn RandomSource) -> Self {
        let mut salt = [0; 16];
        random.fill(&mut salt);
        // Every type in a body has string keys and no failing serializer.
        let json =
            |sealing: &Sealing<'_>| serde_json::to_vec(sealing).expect("a payload body is always JSON");
        let body = match changes {
            PayloadBody::Directory(nouns) if applied.is_some() || nouns.iter().any(is_somebodys) => {
                let (rest, apart) = personal::apart(nouns, applied, random);
                let changes = PayloadBody::Directory(rest);
                let first = Sealing { personal: Some(&apart.digests), changes: &changes, applied: None };
                let mut body = json(&first);
                body.extend_from_slice(apart.lines.as_bytes());
                body
            }
            _ => json(&Sealing { personal: None, changes, applied }),
        };
        Self { salt, body }
    }

    /// The digest that the record carries. It covers what is a person's own by the digests of these parts, so that it stays the
    /// same when one is erased.
    pub fn digest(&self) -> Hash {
        let version: &[u8] = if self.is_apart() { b"vibesheets payload 2" } else { b"vibesheets payload 1" };
        Hash::of(&[version, &self.salt, self.lines().0])
    }

    /// Whether this is the payload that a record with this digest was written with, less what was erased.
    pub fn is_of(&self, digest: Hash) -> bool {
        self.digest() == digest && (!self.is_apart() || self.parts_are_as_listed().unwrap_or(false))
    }

    fn is_apart(&self) -> bool {
        self.body.starts_with(APART)
    }

    /// The first line, and what follows it.
    fn lines(&self) -> (&[u8], &[u8]) {
        match self.body.iter().position(|byte| *byte == b'\n').filter(|_| self.is_apart()) {
            Some(end) => (&self.body[..end], &self.body[end + 1..]),
            None => (&self.body, &[]),
        }
    }

    fn parts(&self) -> Option<Vec<Part<'_>>> {
        let (_, lines) = self.lines();
        if lines.is_empty() {
            // A line feed with nothing behind it was never written.
            return (!self.body.ends_with(b"\n")).then(Vec::new);
        }
        std::str::from_utf8(lines).ok()?.split('\n').map(Part::parse).collect()
    }

    /// Each part is one of those listed, in their order.
    fn parts_are_as_listed(&self) -> Option<bool> {
        #[derive(Deserialize)]
        struct Listed {
            personal: Vec<PartDigest>,
        }
        let Listed { personal } = serde_json::from_slice(self.lines().0).ok()?;
        let mut listed = personal.iter();
        let is_listed = |part: Part<'_>| {
            listed.any(|digest| (digest.change, digest.digest) == (part.change, part.digest()))
        };
        Some(self.parts()?.into_iter().all(is_listed))
    }

    /// Reads the body. Whose name and address were erased, bears those of an erased member.
    ///
    /// # Errors
    /// The JSON error where the bytes are no body that this version knows.
    pub fn read(&self) -> Result<Sealed, serde_json::Error> {
        let unknown = || serde::de::Error::custom("a person's part is none that this version knows");
        let Line { personal, mut changes, mut applied } = serde_json::from_slice(self.lines().0)?;
        let (mut erased, mut persons, mut answer_erased) = (Vec::new(), Vec::new(), false);
        if let PayloadBody::Directory(nouns) = &mut changes {
            let parts = if self.is_apart() { self.parts().ok_or_else(unknown)? } else { Vec::new() };
            // Both in the order of the changes, each of which is there once.
            let mut parts = parts.into_iter().peekable();
            let mut next = 0;
            for listed in &personal {
                if listed.change < next {
                    return Err(unknown());
                }
                next = listed.change + 1;
                let part = parts.next_if(|part| part.change == listed.change);
                if listed.change == nouns.len() {
                    answer_erased = part.is_none();
                    applied = part.map(|part| part.applied().ok_or_else(unknown)).transpose()?;
                    continue;
                }
                let noun = nouns.get_mut(listed.change).ok_or_else(unknown)?;
                let member = personal::member_of(noun).ok_or_else(unknown)?;
                match part {
                    Some(part) => {
                        part.give(noun)?;
                        persons.push(member);
                    }
                    None => erased.push(member),
                }
            }
            if parts.next().is_some() {
                return Err(unknown());
            }
        }
        Ok(Sealed { changes, applied, answer_erased, persons, erased })
    }

    /// Without what is `person`'s own, and without the hash of the `answer` if that goes too; `None` where there is nothing of that.
    pub fn without(&self, person: Option<MemberId>, answer: bool) -> Option<Self> {
        let Line { changes: PayloadBody::Directory(nouns), .. } =
            serde_json::from_slice(self.lines().0).ok()?
        else {
            return None;
        };
        let goes = |part: &Part<'_>| match nouns.get(part.change) {
            Some(noun) => person.is_some() && personal::member_of(noun) == person,
            None => answer,
        };
        if !self.is_apart() || !self.parts()?.iter().any(goes) {
            return None;
        }
        let (first, lines) = self.lines();
        let mut body = first.to_vec();
        for line in std::str::from_utf8(lines).ok()?.split('\n') {
            if !goes(&Part::parse(line)?) {
                body.push(b'\n');
                body.extend_from_slice(line.as_bytes());
            }
        }
        Some(Self { salt: self.salt, body })
    }

    /// The hash of the answer that was kept with the changes; `None` where it was erased, and for bytes that are no body.
    pub fn applied(&self) -> Option<Hash> {
        #[derive(Deserialize)]
        struct Applied {
            applied: Option<Hash>,
        }
        if self.is_apart() {
            // It stands last; what is a person's is no text.
            if let Some(applied) = self.parts()?.last().and_then(Part::applied) {
                return Some(applied);
            }
        }
        serde_json::from_slice::<Applied>(self.lines().0).ok()?.applied
    }

    /// Whether an answer was kept with the changes, also where its hash was erased.
    pub fn is_answered(&self) -> bool {
        self.read().is_ok_and(|sealed| sealed.applied.is_some() || sealed.answer_erased)
    }

    /// Reads the changes.
    ///
    /// # Errors
    /// The JSON error where the bytes are no body that this version knows.
    pub fn open(&self) -> Result<PayloadBody, serde_json::Error> {
        self.read().map(|sealed| sealed.changes)
    }
}

fn is_somebodys(change: &DirectoryChange) -> bool {
    personal::member_of(change).is_some()
}

/// What a payload's body says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The changes of the record.
    pub changes: PayloadBody,
    /// The hash of the command's answer, where it was kept: [`crate::store::AppliedCommand::hash`].
    pub applied: Option<Hash>,
    /// That hash was erased, because the answer may have named somebody who was.
    pub answer_erased: bool,
    /// Members whose names and addresses are there.
    pub persons: Vec<MemberId>,
    /// Members whose names and addresses were erased.
    pub erased: Vec<MemberId>,
}

/// The changes of one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayloadBody {
    /// In a member's stream.
    Entries(EntriesChange),
    /// In an organisation's stream.
    Directory(Vec<DirectoryChange>),
    /// In an account's stream.
    Account(AccountChange),
}

/// Something as it was and as it is from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision<T> {
    /// `None` where it is new.
    pub before: Option<T>,
    /// As it is from now on.
    pub after: T,
}

/// Changes to one member's entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntriesChange {
    /// The device's own time of a punch, as fine as it was sent (I10); the record's time is the server's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_time: Option<Timestamp>,
    /// The import that made the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import_id: Option<ImportId>,
    /// Each changed entry once.
    pub entries: Vec<Revision<Entry>>,
}

/// A change to one of an organisation's nouns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectoryChange {
    /// The organisation itself.
    Organisation(Revision<Organisation>),
    /// A member.
    Member(Revision<Member>),
    /// A project.
    Project(Revision<Project>),
    /// A client.
    Client(Revision<Client>),
    /// A tag.
    Tag(Revision<Tag>),
    /// An invitation.
    Invitation(Revision<Invitation>),
    /// An import.
    Import(Revision<Import>),
    /// Where other streams stood: from here on this one proves them too, up to these records.
    Heads(Vec<CommittedHead>),
}

/// Where a stream stood when another one, or a signed checkpoint, committed to it. Nobody can write the stream anew up to
/// that record without one of the two being found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommittedHead {
    /// Which stream.
    pub stream: StreamId,
    /// The number of its last record.
    pub seq: u64,
    /// The last record's hash.
    pub hash: Hash,
}

/// A change to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountChange(pub Revision<Account>);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Role, actions::example::member};

    struct Ones;

    impl RandomSource for Ones {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(1);
        }
    }

    fn sealed() -> (PayloadBody, Payload) {
        let named = |number, name: &str| Member {
            name: crate::Name::new(name).expect("a name"),
            ..member(number, Role::Member)
        };
        let changes = PayloadBody::Directory(vec![
            DirectoryChange::Member(Revision { before: Some(named(1, "Ada")), after: named(1, "Ada L.") }),
            DirectoryChange::Heads(Vec::new()),
            DirectoryChange::Member(Revision { before: None, after: named(2, "Mia") }),
        ]);
        let payload = Payload::seal(&changes, Some(Hash([3; 32])), &Ones);
        (changes, payload)
    }

    #[test]
    fn what_was_sealed_is_read_again_and_one_persons_part_can_go() {
        let (changes, payload) = sealed();
        let (ada, mia) = (member(1, Role::Member).id, member(2, Role::Member).id);
        let read = payload.read().expect("a body");
        assert_eq!((&read.changes, read.applied), (&changes, Some(Hash([3; 32]))));
        assert_eq!((read.persons, read.erased), (vec![ada, mia], vec![]));
        let left = payload.without(Some(ada), false).expect("something of hers");
        assert!(left.is_of(payload.digest()));
        assert!(!String::from_utf8_lossy(&left.body).contains("Ada"));
        let read = left.read().expect("a body");
        assert_eq!((read.persons, read.erased), (vec![mia], vec![ada]));
        let PayloadBody::Directory(nouns) = read.changes else { panic!("nouns") };
        let DirectoryChange::Member(Revision { before: Some(before), after }) = &nouns[0] else {
            panic!("{nouns:?}")
        };
        assert_eq!((&*before.name, &*after.name, &after.email), ("Erased member", "Erased member", &None));
        assert_eq!(left.without(Some(ada), false), None);
        let nobody = left.without(Some(mia), true).expect("something of hers");
        assert!(nobody.is_of(payload.digest()));
        let read = nobody.read().expect("a body");
        assert_eq!((read.persons, read.applied, read.answer_erased), (vec![], None, true));
        assert_eq!((nobody.applied(), nobody.is_answered()), (None, true));
    }

    #[test]
    fn the_hash_of_an_answer_goes_with_its_salt_so_that_nobody_finds_the_answer_out_by_trying() {
        let changes = PayloadBody::Directory(Vec::new());
        let payload = Payload::seal(&changes, Some(Hash([3; 32])), &Ones);
        assert_eq!((payload.applied(), payload.is_answered()), (Some(Hash([3; 32])), true));
        let left = payload.without(None, true).expect("the hash");
        assert!(left.is_of(payload.digest()));
        let hash = Hash([3; 32]).to_string();
        assert!(String::from_utf8_lossy(&payload.body).contains(&hash));
        assert!(!String::from_utf8_lossy(&left.body).contains(&hash));
        assert_eq!((left.applied(), left.is_answered(), left.without(None, true)), (None, true, None));
        assert!(!Payload::seal(&changes, None, &Ones).is_answered());
    }

    #[test]
    fn every_flipped_bit_of_a_payload_with_persons_is_found() {
        let (_, payload) = sealed();
        let digest = payload.digest();
        for whole in [&payload, &payload.without(Some(member(1, Role::Member).id), true).expect("hers")] {
            for place in 0..whole.body.len() {
                for bit in 0..8 {
                    let mut flipped = whole.clone();
                    flipped.body[place] ^= 1 << bit;
                    assert!(!flipped.is_of(digest), "bit {bit} of byte {place}");
                }
            }
        }
        let mut doubled = payload.clone();
        let (_, lines) = payload.lines();
        doubled.body.push(b'\n');
        doubled.body.extend_from_slice(lines);
        assert!(!doubled.is_of(digest), "a part stands twice");
    }
}
