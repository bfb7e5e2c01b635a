//! Every table, key and index. Ids are written as UUIDs, instants as ten digits of Unix seconds and numbers of records as
//! twelve, so that the order of the keys is the order of what they name.
//!
//! | table | partition key | sort key | holds |
//! |---|---|---|---|
//! | `time_entries` | `member`: `ORG/MEMBER` | `item` | a member's time, all that one decision needs |
//! | | | `AT#ENTRY` | where an entry is whose start is no longer the one that its id tells |
//! | | | `ENTRY#START#ENTRY` | a closed entry, or a deleted one |
//! | | | `JOURNAL#SEQ` | a record, and beside its chain what the clock shows ([`RECENT`], [`OPEN_REVISION`]) and where else its transaction wrote ([`PLACES`]) |
//! | | | `OPEN` | the open entry; that it is one item is I1 |
//! | | | `PART#SEQ#PART` | what of a record's payload does not fit beside it |
//! | `organisations` | `organisation` | `item` | `ORGANISATION`, `JOURNAL#SEQ`, `PART#SEQ#PART`, `IMPORT#IMPORT`, `INVITATION#INVITATION` while it has not ended, `INVITATION-ENDED#INVITATION` |
//! | `members` | `organisation` | `member` | members |
//! | `projects` | `organisation` | `item` | `CLIENT#CLIENT`, `PROJECT#PROJECT`, `TAG#TAG` |
//! | `accounts` | `account` | `item` | `ACCOUNT`, `JOURNAL#SEQ`, `PART#SEQ#PART`, `MEMBERSHIP#ORG` |
//! | | `email#ADDRESS` | `EMAIL` | the account that has the address |
//! | | `store` | `FOUNDED` | that somebody signed up |
//! | `sessions` | `account` | `session` | sessions; forgotten after `expires_at` |
//! | `sign_in_attempts` | `subject`: a digest | `item`: `ATTEMPTS` | the times of attempts at a password; forgotten after `expires_at` |
//! | `applied_commands` | `command`: `ORG#ACTOR#COMMAND` | `part` | a command's answer; forgotten after `expires_at` |
//!
//! The one index, `by_organisation` of `time_entries`, has the partition key [`ORGANISATION_SHARD`], which is
//! `ORG#SHARD`, and the sort key [`START_ID`], which is `START#ENTRY`. It holds entries, the open one, and `AT` items under the
//! start that the entry's id tells. An organisation's writes are spread over [`SHARDS`] partitions by member. It lags behind:
//! lists and reports read it. Whose an entry is, it hints at: what is decided rests on the owner's own partition, and where the
//! hint is missing or wrong, on those of all members.

use std::fmt::Display;

use vibesheets_core::{
    CommandId, Entry, EntryId, MemberId, OrganisationId, journal::StreamId, store::Scope, time::Instant,
};

use crate::item::Item;

/// The index of entries by organisation.
pub const BY_ORGANISATION: &str = "by_organisation";
/// The index's partition key.
pub const ORGANISATION_SHARD: &str = "organisation_shard";
/// The index's sort key.
pub const START_ID: &str = "start_id";
/// The partitions that an organisation is spread over: 4,000 index writes a second.
pub const SHARDS: u8 = 4;

/// An attribute of a member's records: the newest work dates' seconds as of the record, so that the clock reads no entry.
pub const RECENT: &str = "recent";
/// An attribute of a member's records: the revision of the open entry as of the record. A query is not isolated from a
/// transaction: where `OPEN` has another revision, the two were read from different states.
pub const OPEN_REVISION: &str = "open";
/// An attribute of members' and organisations' records: where their transaction wrote besides. Each of its items is seen as
/// soon as the engine has applied it, the record perhaps first: what is read beside the record counts only once all the places
/// are seen as the record left them, or later.
pub const PLACES: &str = "places";
/// An attribute of what stands at such a place: the number of the record that was written with it.
pub const WRITTEN_BY: &str = "seq";
/// An attribute of whatever changes: what a write that continues it must find.
pub const REVISION: &str = "revision";
/// An attribute of what is forgotten by itself: Unix seconds.
pub const EXPIRES_AT: &str = "expires_at";

/// The open entry's sort key.
pub(crate) const OPEN: &str = "OPEN";
/// Begins the sort keys of records.
pub(crate) const JOURNAL: &str = "JOURNAL#";
/// Begins the sort keys of closed entries.
pub(crate) const ENTRY: &str = "ENTRY#";
/// Begins the partitions of addresses.
pub(crate) const EMAIL: &str = "email#";
/// Sorts after every key that begins with `#`, digits or letters of ids.
pub(crate) const LAST: &str = "~";

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    /// Members' time.
    TimeEntries,
    /// Organisations, their journals, imports and invitations.
    Organisations,
    /// Members.
    Members,
    /// Projects, clients and tags.
    Projects,
    /// Sign-ins and their journals.
    Accounts,
    /// Sessions.
    Sessions,
    /// Applied commands and their answers.
    AppliedCommands,
    /// Counters of attempts at passwords.
    SignInAttempts,
}

impl Table {
    /// Every table.
    pub const ALL: [Self; 8] = [
        Self::TimeEntries,
        Self::Organisations,
        Self::Members,
        Self::Projects,
        Self::Accounts,
        Self::Sessions,
        Self::AppliedCommands,
        Self::SignInAttempts,
    ];

    /// The table of this [`Self::name`].
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.name() == name)
    }

    /// Its name without prefix and suffix.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TimeEntries => "time_entries",
            Self::Organisations => "organisations",
            Self::Members => "members",
            Self::Projects => "projects",
            Self::Accounts => "accounts",
            Self::Sessions => "sessions",
            Self::AppliedCommands => "applied_commands",
            Self::SignInAttempts => "sign_in_attempts",
        }
    }

    /// The attribute that is its partition key, a string.
    pub const fn partition_key(self) -> &'static str {
        match self {
            Self::TimeEntries => "member",
            Self::Organisations | Self::Members | Self::Projects => "organisation",
            Self::Accounts | Self::Sessions => "account",
            Self::AppliedCommands => "command",
            Self::SignInAttempts => "subject",
        }
    }

    /// The attribute that is its sort key, a string.
    pub const fn sort_key(self) -> &'static str {
        match self {
            Self::TimeEntries
            | Self::Organisations
            | Self::Projects
            | Self::Accounts
            | Self::SignInAttempts => "item",
            Self::Members => "member",
            Self::Sessions => "session",
            Self::AppliedCommands => "part",
        }
    }

    /// Whether the engine forgets its items after [`EXPIRES_AT`].
    pub const fn expires(self) -> bool {
        matches!(self, Self::Sessions | Self::AppliedCommands | Self::SignInAttempts)
    }
}

/// Where an item is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Key {
    pub table: Table,
    pub partition: String,
    pub sort: String,
}

impl Key {
    pub fn new(table: Table, partition: impl Display, sort: impl Display) -> Self {
        Self { table, partition: partition.to_string(), sort: sort.to_string() }
    }

    /// The key of an item that was read from `table`.
    pub fn of(table: Table, item: &Item) -> Option<Self> {
        let attribute = |name: &str| item.get(name)?.as_s().ok().cloned();
        let (partition, sort) = (attribute(table.partition_key())?, attribute(table.sort_key())?);
        Some(Self { table, partition, sort })
    }

    /// Of the same partition.
    pub fn beside(&self, sort: impl Display) -> Self {
        Self::new(self.table, &self.partition, sort)
    }

    /// A record, or the first record's place in an empty stream.
    pub fn record(stream: StreamId, seq: u64) -> Self {
        let (table, partition) = stream_partition(stream);
        Self::new(table, partition, format_args!("{JOURNAL}{seq:012}"))
    }

    /// The `part`th part of a record's payload, from 0.
    pub fn payload_part(record: &Self, seq: u64, part: usize) -> Self {
        record.beside(format_args!("PART#{seq:012}#{part:03}"))
    }

    /// The `part`th part of a command's answer, from 0.
    pub fn applied(scope: &Scope, command: CommandId, part: usize) -> Self {
        let partition = format_args!("{}#{}#{command}", scope.organisation, scope.actor);
        Self::new(Table::AppliedCommands, partition, format_args!("{part:03}"))
    }

    /// Where `entry` of `member` is.
    pub fn entry(organisation: OrganisationId, entry: &Entry) -> Self {
        let open = Self::open(organisation, entry.member_id);
        if entry.is_open() { open } else { open.beside(entry_sort(entry.start.unix_seconds(), entry.id)) }
    }

    /// Where a member's open entry is.
    pub fn open(organisation: OrganisationId, member: MemberId) -> Self {
        Self::new(Table::TimeEntries, member_partition(organisation, member), OPEN)
    }

    /// Where it is said where an entry is.
    pub fn pointer(organisation: OrganisationId, member: MemberId, id: EntryId) -> Self {
        Self::open(organisation, member).beside(format_args!("AT#{id}"))
    }
}

/// The partition of a member's time.
pub(crate) fn member_partition(organisation: OrganisationId, member: MemberId) -> String {
    format!("{organisation}/{member}")
}

/// The table and partition of a stream.
pub(crate) fn stream_partition(stream: StreamId) -> (Table, String) {
    match stream {
        StreamId::Organisation(organisation) => (Table::Organisations, organisation.to_string()),
        StreamId::Member(organisation, member) => {
            (Table::TimeEntries, member_partition(organisation, member))
        }
        StreamId::Account(account) => (Table::Accounts, account.to_string()),
    }
}

/// The stream whose records are in a partition; `None` where the partition is no stream's.
pub(crate) fn stream_of(table: Table, partition: &str) -> Option<StreamId> {
    let text = match table {
        Table::Organisations => format!("organisation/{partition}"),
        Table::TimeEntries => {
            let (organisation, member) = partition.split_once('/')?;
            format!("organisation/{organisation}/member/{member}")
        }
        Table::Accounts => format!("account/{partition}"),
        _ => return None,
    };
    text.parse().ok()
}

/// The sort key of an entry that is not open.
pub(crate) fn entry_sort(start_seconds: i64, id: EntryId) -> String {
    format!("{ENTRY}{}", start_id(start_seconds, id))
}

/// The index's sort key. Of an id that is of another's making, the start may be any.
pub(crate) fn start_id(start_seconds: i64, id: EntryId) -> String {
    format!("{:010}#{id}", start_seconds.clamp(0, Instant::LATEST.unix_seconds()))
}

/// The index's partition key.
pub(crate) fn organisation_shard(organisation: OrganisationId, shard: u8) -> String {
    format!("{organisation}#{shard}")
}

/// The shard of a member's entries. Ids end in random bits, derived ones too.
pub(crate) fn shard(member: MemberId) -> u8 {
    member.as_bytes()[15] % SHARDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_as_what_they_name() {
        let id = EntryId::from_bytes([7; 16]);
        assert!(entry_sort(999_999_999, id) < entry_sort(1_000_000_000, id));
        assert!(
            Key::record(StreamId::Account(vibesheets_core::AccountId::from_bytes([1; 16])), 9).sort.as_str()
                < "JOURNAL#000000000010"
        );
        assert!(["AT#", ENTRY, JOURNAL, OPEN, "PART#"].is_sorted());
    }

    #[test]
    fn a_partition_names_its_stream_and_the_others_none() {
        let (organisation, member) = (OrganisationId::from_bytes([1; 16]), MemberId::from_bytes([2; 16]));
        for stream in [
            StreamId::Organisation(organisation),
            StreamId::Member(organisation, member),
            StreamId::Account(vibesheets_core::AccountId::from_bytes([3; 16])),
        ] {
            let (table, partition) = stream_partition(stream);
            assert_eq!(stream_of(table, &partition), Some(stream));
        }
        assert_eq!(stream_of(Table::Accounts, "email#a@example.com"), None);
        assert_eq!(stream_of(Table::Sessions, &member.to_string()), None);
    }
}
