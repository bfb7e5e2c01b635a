//! What the process would lend an action, held by the test.

use jiff::Timestamp;
use vibesheets_core::{
    CommandId, Entry, EntryDraft, EntryId, EntrySource, Labels, MemberId, Note, TimeSource,
    actions::{Command, Context},
    journal::{Hash, Operation, RecordDraft},
    store::{Scope, Store},
    time::{Instant, Zone},
};

use super::{FixedTime, SeededRandom};

/// Time and randomness of one test.
#[derive(Debug)]
pub struct Lab {
    /// The time; it stands at Monday 2026-03-02 08:00:00.123456 UTC until the test moves it.
    pub time: FixedTime,
    /// Randomness; every lab of the same seed gives the same.
    pub random: SeededRandom,
}

impl Default for Lab {
    fn default() -> Self {
        Self::new(1)
    }
}

impl Lab {
    /// A lab whose randomness repeats with `seed`.
    pub fn new(seed: u64) -> Self {
        Self {
            time: FixedTime::new(timestamp("2026-03-02T08:00:00.123456Z")),
            random: SeededRandom::new(seed),
        }
    }

    /// What an action takes.
    pub fn context<'a>(&'a self, store: &'a dyn Store) -> Context<'a> {
        Context { store, time: &self.time, random: &self.random }
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.time.now()
    }

    /// A new command with a client's id.
    pub fn command(&self) -> Command {
        let id = CommandId::generate(self.now(), &self.random);
        Command { id, digest: Hash::of(&[id.as_bytes()]), may_be_repeated: true }
    }

    /// A record of `operation` that is still to be appended.
    pub fn draft(&self, scope: &Scope, operation: Operation) -> RecordDraft {
        RecordDraft {
            now: self.now(),
            actor: scope.actor,
            operation,
            command: self.command().id,
            applied: None,
        }
    }

    /// A typed entry in Vienna; without an end it is open.
    pub fn entry(&self, member: MemberId, start: &str, end: Option<&str>) -> Entry {
        let draft = EntryDraft {
            start: instant(start),
            end: end.map(instant),
            time_zone: Zone::named("Europe/Vienna").expect("a zone"),
            project_id: None,
            note: Note::empty(),
            tags: Labels::default(),
            billable: false,
        };
        let id = EntryId::starting_at(draft.start, &self.random);
        Entry::new(id, member, EntrySource::Manual, draft, self.now())
    }
}

/// Reads RFC 3339, to the nanosecond.
///
/// # Panics
/// Where the text is something else.
pub fn timestamp(text: &str) -> Timestamp {
    text.parse().expect("RFC 3339")
}

/// Reads RFC 3339, to the second.
///
/// # Panics
/// Where the text is something else.
pub fn instant(text: &str) -> Instant {
    Instant::parse_rfc_3339(text).expect("RFC 3339")
}
