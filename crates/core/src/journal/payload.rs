//! What changed, beside the chain. A payload is self-contained: everything restorable is rebuilt from payloads
//! alone. Sessions and rate counters are not in the journal and are not restored; of a command's answer it holds the hash,
//! by which the kept answer is proven while it is kept.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Hash, StreamId};
use crate::{
    Account, Client, Entry, Import, ImportId, Invitation, Member, Organisation, Project, RandomSource, Tag,
};

/// A payload's bytes and the salt that its digest carries. Both go when a person's data is erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payload {
    /// 16 random bytes: without them nobody can find out an erased payload by trying.
    pub salt: [u8; 16],
    /// A [`Sealed`] as JSON; hashed as it stands.
    pub body: Vec<u8>,
}

impl Payload {
    /// `changes` and the hash of the answer that is kept with them, under a fresh salt.
    pub fn seal(changes: &PayloadBody, applied: Option<Hash>, random: &dyn RandomSource) -> Self {
        #[derive(Serialize)]
        struct Sealing<'a> {
            changes: &'a PayloadBody,
            #[serde(skip_serializing_if = "Option::is_none")]
            applied: Option<Hash>,
        }
        let mut salt = [0; 16];
        random.fill(&mut salt);
        // Every type in a body has string keys and no failing serializer.
        let body = serde_json::to_vec(&Sealing { changes, applied }).expect("a payload body is always JSON");
        Self { salt, body }
    }

    /// The digest that the record carries.
    pub fn digest(&self) -> Hash {
        Hash::of(&[b"vibesheets payload 1", &self.salt, &self.body])
    }

    /// Reads the body.
    ///
    /// # Errors
    /// The JSON error where the bytes are no body that this version knows.
    pub fn read(&self) -> Result<Sealed, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }

    /// The hash of the answer that was kept with the changes, without reading these; `None` also for bytes that are no body.
    pub fn applied(&self) -> Option<Hash> {
        #[derive(Deserialize)]
        struct Applied {
            applied: Option<Hash>,
        }
        serde_json::from_slice::<Applied>(&self.body).ok()?.applied
    }

    /// Reads the changes.
    ///
    /// # Errors
    /// The JSON error where the bytes are no body that this version knows.
    pub fn open(&self) -> Result<PayloadBody, serde_json::Error> {
        self.read().map(|sealed| sealed.changes)
    }
}

/// What a payload's body says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Sealed {
    /// The changes of the record.
    pub changes: PayloadBody,
    /// The hash of the command's answer, where it was kept: [`crate::store::AppliedCommand::hash`].
    #[serde(default)]
    pub applied: Option<Hash>,
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
