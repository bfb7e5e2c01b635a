//! The port's writes, made of what changes.

use vibesheets_core::{
    Entry, MemberId,
    journal::{
        Append, DirectoryChange, EntriesChange, Head, Operation, PayloadBody, RecordDraft, Revision, StreamId,
    },
    store::{AppliedCommand, Commit, DirectoryWrite, Scope, Store, StoreError, TimesheetWrite},
};

use super::Lab;

impl Lab {
    /// The write that changes a member's entries as decided at `head`.
    pub fn timesheet_write(
        &self,
        scope: &Scope,
        member: MemberId,
        head: Head,
        mut revisions: Vec<Revision<Entry>>,
    ) -> TimesheetWrite {
        for revision in &mut revisions {
            revision.after.journal_seq = head.seq + 1;
        }
        let change = EntriesChange { device_time: None, import_id: None, entries: revisions };
        let stream = StreamId::Member(scope.organisation, member);
        let body = PayloadBody::Entries(change.clone());
        let draft = self.draft(scope, Operation::EntryCreate);
        let append = Append::after(head, stream, draft, &body, &self.random);
        TimesheetWrite { append, change, applied: None }
    }

    /// Writes entries on whatever the member's head is.
    ///
    /// # Errors
    /// The store's.
    pub async fn write_entries(
        &self,
        store: &dyn Store,
        scope: &Scope,
        member: MemberId,
        revisions: Vec<Revision<Entry>>,
    ) -> Result<Commit, StoreError> {
        let head = store.head(StreamId::Member(scope.organisation, member)).await?;
        store.write_timesheet(scope, self.timesheet_write(scope, member, head, revisions)).await
    }

    /// Adds entries that must be taken, each as a record of its own; returns them as they are kept.
    ///
    /// # Panics
    /// Where the store refuses one.
    pub async fn add(&self, store: &dyn Store, scope: &Scope, entries: &[Entry]) -> Vec<Entry> {
        let mut kept = Vec::new();
        for entry in entries {
            let head = store.head(StreamId::Member(scope.organisation, entry.member_id)).await.unwrap();
            let write = self.timesheet_write(scope, entry.member_id, head, vec![new(entry.clone())]);
            kept.push(write.change.entries[0].after.clone());
            store.write_timesheet(scope, write).await.expect("the entry is taken");
        }
        kept
    }

    /// The write that changes an organisation's nouns as decided at `head`.
    pub fn directory_write(
        &self,
        scope: &Scope,
        head: Head,
        changes: Vec<DirectoryChange>,
    ) -> DirectoryWrite {
        self.directory_write_as(scope, head, Operation::MemberCreate, changes)
    }

    fn directory_write_as(
        &self,
        scope: &Scope,
        head: Head,
        operation: Operation,
        changes: Vec<DirectoryChange>,
    ) -> DirectoryWrite {
        let stream = StreamId::Organisation(scope.organisation);
        let body = PayloadBody::Directory(changes.clone());
        let draft = self.draft(scope, operation);
        let append = Append::after(head, stream, draft, &body, &self.random);
        DirectoryWrite { append, changes, applied: None }
    }

    /// Writes nouns on whatever the organisation's head is.
    ///
    /// # Errors
    /// The store's.
    pub async fn write_nouns(
        &self,
        store: &dyn Store,
        scope: &Scope,
        changes: Vec<DirectoryChange>,
    ) -> Result<Commit, StoreError> {
        self.write_nouns_as(store, scope, Operation::MemberCreate, changes).await
    }

    /// [`Self::write_nouns`] under another name in the journal.
    ///
    /// # Errors
    /// The store's.
    pub async fn write_nouns_as(
        &self,
        store: &dyn Store,
        scope: &Scope,
        operation: Operation,
        changes: Vec<DirectoryChange>,
    ) -> Result<Commit, StoreError> {
        let head = store.head(StreamId::Organisation(scope.organisation)).await?;
        store.write_directory(scope, self.directory_write_as(scope, head, operation, changes)).await
    }

    /// Keeps an answer with a record that changes nothing.
    pub async fn keep_answer(
        &self,
        store: &dyn Store,
        scope: &Scope,
        operation: Operation,
        applied: &AppliedCommand,
    ) {
        let stream = StreamId::Organisation(scope.organisation);
        let head = store.head(stream).await.expect("a head");
        let draft = RecordDraft {
            command: applied.id,
            applied: Some(applied.hash()),
            ..self.draft(scope, operation)
        };
        let append = Append::after(head, stream, draft, &PayloadBody::Directory(Vec::new()), &self.random);
        let write = DirectoryWrite { append, changes: Vec::new(), applied: Some(applied.clone()) };
        store.write_directory(scope, write).await.expect("kept");
    }

    /// A command with an answer, as a write keeps it.
    pub fn applied(&self, answer: &str) -> AppliedCommand {
        let command = self.command();
        AppliedCommand {
            id: command.id,
            digest: command.digest,
            answer: vibesheets_core::store::Answer(answer.as_bytes().to_vec()),
        }
    }
}

/// Something new, as a revision.
pub fn new<T>(after: T) -> Revision<T> {
    Revision { before: None, after }
}

/// Something changed, as a revision.
pub fn changed<T: Clone>(before: &T, after: T) -> Revision<T> {
    Revision { before: Some(before.clone()), after }
}
