//! Writes of an import to the organisation's stream. Each is on a head that is read before the import: whoever changed
//! either since is first, and it is decided again.

use jiff::Timestamp;

use super::{ActionError, Caller, Command, Context, Refusal};
use crate::{
    CommandId, Import, ImportId,
    actions::{
        directory::expect_permitted,
        run::{MOST_ATTEMPTS, Race, applied, directory_write, draft, first_answer, lost},
    },
    journal::{DirectoryChange, Hash, Operation},
    policy::{Action, Target},
    store::{Answer, Directory},
};

/// What an import or its undo does to the organisation, under one name in the journal.
pub(super) struct Step<'a> {
    pub(super) context: Context<'a>,
    pub(super) caller: &'a Caller,
    pub(super) id: ImportId,
    pub(super) operation: Operation,
    pub(super) now: Timestamp,
}

impl Step<'_> {
    /// A write that others follow. Gives the import that was decided on, and whether anything was written.
    pub(super) async fn write(
        &self,
        decide: impl Fn(&Directory, Option<&Import>) -> Result<Vec<DirectoryChange>, Refusal> + Send + Sync,
    ) -> Result<(Option<Import>, bool), ActionError> {
        for _ in 0..MOST_ATTEMPTS {
            let (directory, import) = self.read().await?;
            let changes = decide(&directory, import.as_ref())?;
            if changes.is_empty() {
                return Ok((import, false));
            }
            let command = self.command_after(directory.head.seq);
            if self.try_write(&directory, command, changes, None).await? {
                return Ok((import, true));
            }
        }
        Err(Refusal::Busy.into())
    }

    /// The last write, which carries the answer to `command`. One that changes nothing is written all the same where
    /// the command may come again: see [`crate::actions::change_timesheet`].
    pub(super) async fn conclude(
        &self,
        command: Command,
        answer: Answer,
        decide: impl Fn(&Directory, Option<&Import>) -> Result<Vec<DirectoryChange>, Refusal> + Send + Sync,
    ) -> Result<Answer, ActionError> {
        for attempt in 0..MOST_ATTEMPTS {
            // A lost race may have been lost to a copy of this very command.
            if attempt > 0
                && let Some(first) = first_answer(self.context, self.caller, command).await?
            {
                return Ok(first);
            }
            let (directory, import) = self.read().await?;
            let changes = decide(&directory, import.as_ref())?;
            if changes.is_empty() && !command.may_be_repeated {
                return Ok(answer);
            }
            if self.try_write(&directory, command, changes, Some(&answer)).await? {
                return Ok(answer);
            }
        }
        Err(Refusal::Busy.into())
    }

    async fn read(&self) -> Result<(Directory, Option<Import>), ActionError> {
        let (store, scope) = (self.context.store, self.caller.scope());
        let directory = store.load_directory(&scope).await?.ok_or(Refusal::NotFound("organisation"))?;
        let import = store.find_import(&scope, self.id).await?;
        expect_permitted(&directory, self.caller, Action::Import, Target::Organisation)?;
        Ok((directory, import))
    }

    /// Whether nobody else was first.
    async fn try_write(
        &self,
        directory: &Directory,
        command: Command,
        changes: Vec<DirectoryChange>,
        answer: Option<&Answer>,
    ) -> Result<bool, ActionError> {
        let scope = self.caller.scope();
        let applied = answer.and_then(|answer| applied(command, answer));
        let draft = draft(&scope, self.now, self.operation, command, applied.as_ref());
        let write = directory_write(self.context, scope, directory.head, draft, changes, applied);
        Ok(matches!(lost(self.context.store.write_directory(&scope, write).await)?, Race::Won))
    }

    /// The command that a write before the last one is.
    fn command_after(&self, seq: u64) -> Command {
        let seq = seq.to_be_bytes();
        let parts: [&[u8]; 3] = [self.id.as_bytes(), self.operation.as_str().as_bytes(), &seq];
        let id = CommandId::derive("vibesheets import command 1", &parts);
        Command { id, digest: Hash::of(&parts), may_be_repeated: false }
    }
}
