//! An organisation's stream commits to the heads of others: its members' and their sign-ins'. Whoever then writes one of these
//! anew, or drops it, has to write the organisation's anew as well, which a signed [`crate::checkpoint`] gives away.
//!
//! The program does this by itself, so there is no caller to authorize; what is read of other streams may be older than the
//! record that tells of it, and is true all the same: a stream never loses a record that it had.

use std::collections::HashMap;

use futures_util::{StreamExt, TryStreamExt, stream};

use super::{
    ActionError, Caller, Context,
    run::{MOST_ATTEMPTS, Race, directory_write, lost},
};
use crate::{
    CommandId, MemberId, OrganisationId,
    checkpoint::Checkpoint,
    journal::{
        Actor, CommittedHead, DirectoryChange, Hash, Head, Operation, Payload, PayloadBody, RecordDraft,
        StreamId,
    },
    policy::{Action, Target},
    store::{Scope, StoreError},
};

/// Heads read at a time, so that a store far away is not asked for one after the other.
const AT_ONCE: usize = 32;
/// Records read at a time.
const CHUNK_RECORDS: usize = 500;
/// Heads in one record: some 100 KB, which any engine takes.
const MOST_HEADS: usize = 500;

/// What an organisation's stream has committed to, as far as it was read; kept from one commitment to the next, it is read
/// only once.
#[derive(Debug)]
pub struct Commitments {
    organisation: OrganisationId,
    /// The organisation's stream as far as it was read.
    head: Head,
    /// The last record of each stream that was committed to.
    last: HashMap<StreamId, (u64, Hash)>,
}

/// Where the caller's organisation stands, and `member`'s own stream, for whoever wants to hold the store against it later.
/// It proves all that the organisation has committed to, and that member's time up to now.
///
/// # Errors
/// [`super::Refusal::Forbidden`] for somebody whose time the caller may not read, or the store's error.
pub async fn checkpoint(
    context: Context<'_>,
    caller: &Caller,
    member: Option<MemberId>,
) -> Result<Checkpoint, ActionError> {
    caller.authorize(Action::ReadOrganisation, Target::Organisation)?;
    let organisation = caller.organisation.id;
    let mut streams = vec![StreamId::Organisation(organisation)];
    if let Some(member) = member {
        caller.authorize(Action::ReadTime, Target::Member(member))?;
        streams.push(StreamId::Member(organisation, member));
    }
    let mut heads = Vec::new();
    for stream in streams {
        heads.push((stream, context.store.head(stream).await?));
    }
    Ok(Checkpoint::of(heads))
}

impl Commitments {
    /// Nothing was read yet of that organisation's.
    pub fn of(organisation: OrganisationId) -> Self {
        Self { organisation, head: Head::EMPTY, last: HashMap::new() }
    }

    /// Commits to all heads that moved since; none where nothing did. Returns how many streams moved, and the head of the
    /// organisation's stream, which from then on proves them all.
    ///
    /// # Errors
    /// The store's; [`StoreError::Conflict`] where others were first too often. What was committed to by then stays.
    pub async fn commit(&mut self, context: Context<'_>) -> Result<(usize, Head), StoreError> {
        self.catch_up(context).await?;
        let moved = self.moved(context).await?;
        let mut committed = 0;
        for heads in moved.chunks(MOST_HEADS) {
            committed += self.commit_to(context, heads).await?;
        }
        Ok((committed, self.head))
    }

    async fn commit_to(
        &mut self,
        context: Context<'_>,
        heads: &[CommittedHead],
    ) -> Result<usize, StoreError> {
        for _ in 0..MOST_ATTEMPTS {
            // Another server may have committed to some meanwhile.
            let heads: Vec<_> = heads.iter().filter(|head| self.is_news(head)).copied().collect();
            let count = heads.len();
            let done = heads.is_empty() || self.write(context, heads).await?;
            self.catch_up(context).await?;
            if done {
                return Ok(count);
            }
        }
        Err(StoreError::Conflict { current: None })
    }

    fn is_news(&self, head: &CommittedHead) -> bool {
        head.seq > self.last.get(&head.stream).map_or(0, |(seq, _)| *seq)
    }

    async fn catch_up(&mut self, context: Context<'_>) -> Result<(), StoreError> {
        let stream = StreamId::Organisation(self.organisation);
        loop {
            let records = context.store.read_stream(stream, self.head.seq, CHUNK_RECORDS).await?;
            for stored in &records {
                if let Some(Ok(PayloadBody::Directory(changes))) = stored.payload.as_ref().map(Payload::open)
                {
                    for change in changes {
                        let DirectoryChange::Heads(heads) = change else { continue };
                        for CommittedHead { stream, seq, hash } in heads {
                            let last = self.last.entry(stream).or_insert((seq, hash));
                            if seq > last.0 {
                                *last = (seq, hash);
                            }
                        }
                    }
                }
                self.head = stored.record.head();
            }
            if records.len() < CHUNK_RECORDS {
                return Ok(());
            }
        }
    }

    /// The heads that are further than what was committed to.
    async fn moved(&self, context: Context<'_>) -> Result<Vec<CommittedHead>, StoreError> {
        let scope = Scope { organisation: self.organisation, actor: Actor::System };
        let Some(directory) = context.store.load_directory(&scope).await? else { return Ok(Vec::new()) };
        let streams = directory.members.iter().flat_map(|member| {
            [Some(StreamId::Member(self.organisation, member.id)), member.account.map(StreamId::Account)]
        });
        let heads = stream::iter(streams.flatten().collect::<Vec<_>>()).map(|stream| async move {
            let head = context.store.head(stream).await?;
            Ok::<_, StoreError>(CommittedHead { stream, seq: head.seq, hash: head.hash })
        });
        let heads: Vec<CommittedHead> = heads.buffered(AT_ONCE).try_collect().await?;
        let moved: Vec<CommittedHead> = heads.into_iter().filter(|head| self.is_news(head)).collect();
        let checks = stream::iter(moved.clone()).map(|head| self.continues(context, head.stream));
        checks.buffered(AT_ONCE).try_collect::<Vec<()>>().await?;
        Ok(moved)
    }

    /// Nobody commits to a history that was written anew: what was committed to last must still be there.
    async fn continues(&self, context: Context<'_>, stream: StreamId) -> Result<(), StoreError> {
        let Some((seq, hash)) = self.last.get(&stream) else { return Ok(()) };
        let found = context.store.find_record(stream, *seq).await?;
        if found.is_some_and(|stored| stored.record.hash == *hash) {
            return Ok(());
        }
        let key = format!(
            "{stream}, which holds another record {seq} than was committed to; run `vibesheets verify`"
        );
        Err(StoreError::Corrupt { what: "stream", key })
    }

    /// Whether it was written; not where somebody else was first.
    async fn write(&self, context: Context<'_>, heads: Vec<CommittedHead>) -> Result<bool, StoreError> {
        let scope = Scope { organisation: self.organisation, actor: Actor::System };
        let now = context.time.now();
        let draft = RecordDraft {
            now,
            actor: scope.actor,
            operation: Operation::HeadsCommit,
            command: CommandId::generate(now, context.random),
            applied: None,
        };
        let changes = vec![DirectoryChange::Heads(heads)];
        let write = directory_write(context, scope, self.head, draft, changes, None);
        match lost(context.store.write_directory(&scope, write).await)? {
            Race::Won => Ok(true),
            Race::Lost => Ok(false),
        }
    }
}
