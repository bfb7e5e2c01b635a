//! Records, the chain they form, and how a new one is appended.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, Unit};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Hash, Payload, PayloadBody};
use crate::{AccountId, CommandId, MemberId, OrganisationId, RandomSource};

/// Which stream a record belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StreamId {
    /// The organisation's members, projects, clients, tags, settings and imports.
    Organisation(OrganisationId),
    /// One member's entries.
    Member(OrganisationId, MemberId),
    /// One person's sign-in.
    Account(AccountId),
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Organisation(organisation) => write!(f, "organisation/{organisation}"),
            Self::Member(organisation, member) => write!(f, "organisation/{organisation}/member/{member}"),
            Self::Account(account) => write!(f, "account/{account}"),
        }
    }
}

impl FromStr for StreamId {
    type Err = crate::InvalidId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts: Vec<&str> = text.split('/').collect();
        Ok(match parts.as_slice() {
            ["organisation", organisation] => Self::Organisation(organisation.parse()?),
            ["organisation", organisation, "member", member] => {
                Self::Member(organisation.parse()?, member.parse()?)
            }
            ["account", account] => Self::Account(account.parse()?),
            _ => return Err(crate::InvalidId),
        })
    }
}

impl Serialize for StreamId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StreamId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Who made a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A member of the organisation.
    Member(MemberId),
    /// A person who is not a member yet (signing up).
    Account(AccountId),
    /// The program itself, on the machine's own order (the demo, the operator's command line).
    System,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member(member) => write!(f, "member/{member}"),
            Self::Account(account) => write!(f, "account/{account}"),
            Self::System => f.write_str("system"),
        }
    }
}

impl FromStr for Actor {
    type Err = crate::InvalidId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('/') {
            Some(("member", member)) => Ok(Self::Member(member.parse()?)),
            Some(("account", account)) => Ok(Self::Account(account.parse()?)),
            None if text == "system" => Ok(Self::System),
            _ => Err(crate::InvalidId),
        }
    }
}

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)+) => {
        /// What was done; the text is part of the hashed record and never changes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Operation {
            $($(#[$doc])* $name,)+
        }

        impl Operation {
            /// Every operation.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Its name in the journal.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }
        }
    };
}

impl Operation {
    /// Whether it is a step of an import or of its undo.
    pub const fn is_of_import(self) -> bool {
        matches!(
            self,
            Self::ImportEntries
                | Self::ImportUndoEntries
                | Self::ImportBegin
                | Self::ImportFinish
                | Self::ImportUndo
        )
    }

    /// Whether its answer tells of a member, also where nothing changed.
    pub const fn may_answer_with_member(self) -> bool {
        matches!(self, Self::MemberCreate | Self::MemberEdit | Self::MemberInvite | Self::MemberJoin)
    }
}

operations! {
    /// Clocked in.
    ClockIn = "clock.in",
    /// Clocked out.
    ClockOut = "clock.out",
    /// Clocked out of one entry and into the next at the same instant.
    ClockSwitch = "clock.switch",
    /// An entry was typed.
    EntryCreate = "entry.create",
    /// An entry was edited.
    EntryEdit = "entry.edit",
    /// An entry was deleted.
    EntryDelete = "entry.delete",
    /// A deleted entry came back.
    EntryRestore = "entry.restore",
    /// Up to forty entries of an import came in.
    ImportEntries = "import.entries",
    /// Up to forty entries of an import were taken out again.
    ImportUndoEntries = "import.undo_entries",
    /// An import began: its people, projects, clients and tags.
    ImportBegin = "import.begin",
    /// The last entry of an import was in.
    ImportFinish = "import.finish",
    /// The last entry of an import was out again.
    ImportUndo = "import.undo",
    /// An organisation was made, with its first owner.
    OrganisationCreate = "organisation.create",
    /// An organisation's settings changed.
    OrganisationEdit = "organisation.edit",
    /// A member was added, perhaps with an invitation.
    MemberCreate = "member.create",
    /// A member's name, role, settings or archival changed.
    MemberEdit = "member.edit",
    /// A member was invited to sign in.
    MemberInvite = "member.invite",
    /// An invited member got their sign-in.
    MemberJoin = "member.join",
    /// A member was erased: their name, address, sign-in and time. In the member's own stream it is the last record.
    MemberErase = "member.erase",
    /// A project was made.
    ProjectCreate = "project.create",
    /// A project changed.
    ProjectEdit = "project.edit",
    /// A client was made.
    ClientCreate = "client.create",
    /// A client changed.
    ClientEdit = "client.edit",
    /// A tag was made.
    TagCreate = "tag.create",
    /// A tag changed.
    TagEdit = "tag.edit",
    /// The organisation's stream committed to the heads of its members' streams and sign-ins.
    HeadsCommit = "heads.commit",
    /// An account was made.
    AccountCreate = "account.create",
    /// An account's password or address changed.
    AccountEdit = "account.edit",
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no operation that this version knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an operation that this version knows")]
pub struct UnknownOperation;

impl FromStr for Operation {
    type Err = UnknownOperation;

    fn from_str(text: &str) -> Result<Self, UnknownOperation> {
        Self::ALL.iter().find(|operation| operation.as_str() == text).copied().ok_or(UnknownOperation)
    }
}

/// The last record of a stream. The next record is the stream's lock: a write on what was read at this head
/// appends record `seq + 1` only if that does not exist yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The last record's number; 0 where the stream has none.
    pub seq: u64,
    /// The last record's hash.
    pub hash: Hash,
    /// The last record's time; the next one is not earlier.
    pub time: Timestamp,
}

impl Head {
    /// The head of a stream without records.
    pub const EMPTY: Self = Self { seq: 0, hash: Hash::ZERO, time: Timestamp::UNIX_EPOCH };
}

/// One link of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The stream it belongs to.
    pub stream: StreamId,
    /// Its number in the stream, from 1 without gaps.
    pub seq: u64,
    /// The server's time in whole microseconds; never earlier than the record before.
    pub time: Timestamp,
    /// Who made the change.
    pub actor: Actor,
    /// What was done.
    pub operation: Operation,
    /// The command that asked for it.
    pub command: CommandId,
    /// The salted digest of the payload.
    pub digest: Hash,
    /// The hash of the record before; [`Hash::ZERO`] for the first.
    pub previous: Hash,
    /// The hash of all of the above.
    pub hash: Hash,
}

impl Record {
    /// The hash that this record must carry.
    pub fn expected_hash(&self) -> Hash {
        Hash::of(&[
            b"vibesheets record 1",
            self.stream.to_string().as_bytes(),
            &self.seq.to_be_bytes(),
            &self.time.as_microsecond().to_be_bytes(),
            self.actor.to_string().as_bytes(),
            self.operation.as_str().as_bytes(),
            self.command.as_bytes(),
            &self.digest.0,
            &self.previous.0,
        ])
    }

    /// The head of the stream once this is its last record.
    pub const fn head(&self) -> Head {
        Head { seq: self.seq, hash: self.hash, time: self.time }
    }
}

/// Who does what when, for a record that is still to be appended.
#[derive(Debug, Clone, Copy)]
pub struct RecordDraft {
    /// The server's time.
    pub now: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What.
    pub operation: Operation,
    /// By which command.
    pub command: CommandId,
    /// The hash of the command's answer, where it is kept.
    pub applied: Option<Hash>,
}

/// A record and its payload, ready to be written if the stream's head is still the one it continues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Append {
    /// The link.
    pub record: Record,
    /// What it stands for.
    pub payload: Payload,
}

impl Append {
    /// The record that follows `head` in `stream`.
    pub fn after(
        head: Head,
        stream: StreamId,
        draft: RecordDraft,
        body: &PayloadBody,
        random: &dyn RandomSource,
    ) -> Self {
        let payload = Payload::seal(body, draft.applied, random);
        let now = draft
            .now
            .round(jiff::TimestampRound::new().smallest(Unit::Microsecond).mode(jiff::RoundMode::Trunc));
        let mut record = Record {
            stream,
            seq: head.seq + 1,
            time: now.unwrap_or(draft.now).max(head.time),
            actor: draft.actor,
            operation: draft.operation,
            command: draft.command,
            digest: payload.digest(),
            previous: head.hash,
            hash: Hash::ZERO,
        };
        record.hash = record.expected_hash();
        Self { record, payload }
    }
}
