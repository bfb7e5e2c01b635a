//! The organisation's side of an import: the import itself and the nouns that it makes.

use jiff::Timestamp;

use super::{ActionError, Caller, Context, MOST_CHANGES, Refusal, Run};
use crate::{
    CommandId, Import, ImportId, MemberId,
    actions::{
        directory::expect_permitted,
        run::{MOST_ATTEMPTS, directory_write},
    },
    import::plan::Meanings,
    journal::{DirectoryChange, Operation, RecordDraft, Revision},
    policy::{Action, Target},
    store::{Directory, StoreError},
};

/// The longest file name that is kept, in characters.
const LONGEST_FILE_NAME: usize = 255;

impl Run<'_> {
    /// Writes the import and what it makes, 40 at a time, and says which version of the import is running; `None`
    /// where nothing is left to do. [`Refusal::Busy`] where the file's names have come to mean something else.
    pub(super) async fn begin(&self) -> Result<Option<u32>, ActionError> {
        let members = self.members_with_rows();
        if members.is_empty() {
            let import = self.context.store.find_import(&self.caller.scope(), self.id).await?;
            let was_cut_short = |import: &Import| import.finished_at.is_none() && import.undone_at.is_none();
            return Ok(import.filter(was_cut_short).map(|import| import.version));
        }
        let now = self.context.time.now();
        loop {
            let decide = |directory: &Directory, import: Option<&Import>| {
                let meanings = Meanings::new(self.file, directory.organisation.id, directory);
                if !meanings.means_the_same_as(&self.identified.meanings) {
                    return Err(Refusal::Busy);
                }
                let mut changes: Vec<_> = self.begun(import, &members, now).into_iter().collect();
                changes.extend(meanings.new_nouns(self.file, &self.used, directory, now));
                changes.truncate(MOST_CHANGES);
                Ok(changes)
            };
            let (import, written) =
                change(self.context, self.caller, self.id, Operation::ImportBegin, now, decide).await?;
            if !written {
                return Ok(import.map(|import| import.version));
            }
        }
    }

    /// Says that the last entry is in.
    pub(super) async fn finish(&self, entries: u64, seconds: i64) -> Result<(), ActionError> {
        let now = self.context.time.now();
        let decide = |_: &Directory, import: Option<&Import>| {
            let import = import.ok_or(Refusal::NotFound("import"))?;
            if import.undone_at.is_some() {
                return Err(Refusal::not_allowed(
                    "import_undone",
                    "the import was undone while it ran; undo it once more to take out what came in since",
                ));
            }
            let after = Import { entries, seconds, finished_at: Some(now), ..import.clone() };
            let is_finished =
                import.finished_at.is_some() && (import.entries, import.seconds) == (entries, seconds);
            Ok(if is_finished { Vec::new() } else { vec![revised(import, after)] })
        };
        change(self.context, self.caller, self.id, Operation::ImportFinish, now, decide).await?;
        Ok(())
    }

    fn members_with_rows(&self) -> Vec<MemberId> {
        let comes_in = |plan: &crate::import::plan::MemberPlan| {
            plan.settled
                .iter()
                .any(|settled| settled.resolution.kept(&self.file.rows[settled.row as usize]).is_some())
        };
        let members = self.identified.meanings.members.iter().zip(&self.plan.members);
        members.filter(|(_, plan)| comes_in(plan)).map(|(member, _)| member.id).collect()
    }

    /// The import as it runs; `None` where it stands like that already.
    fn begun(
        &self,
        import: Option<&Import>,
        members: &[MemberId],
        now: Timestamp,
    ) -> Option<DirectoryChange> {
        let Some(import) = import else {
            let after = Import {
                id: self.id,
                source: self.file.source,
                file_name: plain(self.request.file_name),
                member: self.caller.member.id,
                members: members.to_vec(),
                entries: 0,
                seconds: 0,
                created_at: now,
                finished_at: None,
                undone_at: None,
                version: 1,
            };
            return Some(DirectoryChange::Import(Revision { before: None, after }));
        };
        let mut all = import.members.clone();
        all.extend(members.iter().filter(|member| !import.members.contains(member)));
        let is_running = import.finished_at.is_none() && import.undone_at.is_none();
        if is_running && all == import.members {
            return None;
        }
        let again = Import { members: all, finished_at: None, ..import.clone() };
        Some(revised(import, if import.undone_at.is_some() { self.begun_anew(again, now) } else { again }))
    }

    /// After an undo the import is another one in all but its id: somebody brings it, now.
    fn begun_anew(&self, import: Import, now: Timestamp) -> Import {
        Import {
            file_name: plain(self.request.file_name),
            member: self.caller.member.id,
            entries: 0,
            seconds: 0,
            created_at: now,
            undone_at: None,
            ..import
        }
    }
}

/// Says that the last entry is out again; what came in at its time stays told.
pub(super) async fn mark_undone(
    context: Context<'_>,
    caller: &Caller,
    id: ImportId,
) -> Result<(), ActionError> {
    let now = context.time.now();
    let decide = |_: &Directory, import: Option<&Import>| {
        let import = import.ok_or(Refusal::NotFound("import"))?;
        let after = Import { undone_at: Some(now), ..import.clone() };
        Ok(if import.undone_at.is_some() { Vec::new() } else { vec![revised(import, after)] })
    };
    change(context, caller, id, Operation::ImportUndo, now, decide).await?;
    Ok(())
}

/// Changes the import and the organisation's nouns, on a head that is read before the import: whoever changed either
/// since is first, and it is decided again. Gives the import that was decided on, and whether anything was written.
async fn change(
    context: Context<'_>,
    caller: &Caller,
    id: ImportId,
    operation: Operation,
    now: Timestamp,
    decide: impl Fn(&Directory, Option<&Import>) -> Result<Vec<DirectoryChange>, Refusal> + Send + Sync,
) -> Result<(Option<Import>, bool), ActionError> {
    let scope = caller.scope();
    for _ in 0..MOST_ATTEMPTS {
        let directory =
            context.store.load_directory(&scope).await?.ok_or(Refusal::NotFound("organisation"))?;
        let import = context.store.find_import(&scope, id).await?;
        expect_permitted(&directory, caller, Action::Import, Target::Organisation)?;
        let changes = decide(&directory, import.as_ref())?;
        if changes.is_empty() {
            return Ok((import, false));
        }
        let parts: [&[u8]; 3] =
            [id.as_bytes(), operation.as_str().as_bytes(), &directory.head.seq.to_be_bytes()];
        let command = CommandId::derive("vibesheets import command 1", &parts);
        let draft = RecordDraft { now, actor: scope.actor, operation, command, applied: None };
        let write = directory_write(context, scope, directory.head, draft, changes, None);
        match context.store.write_directory(&scope, write).await {
            Ok(_) => return Ok((import, true)),
            Err(StoreError::Conflict { .. } | StoreError::AlreadyExists { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Refusal::Busy.into())
}

fn revised(before: &Import, after: Import) -> DirectoryChange {
    let after = Import { version: before.version + 1, ..after };
    DirectoryChange::Import(Revision { before: Some(before.clone()), after })
}

fn plain(file_name: &str) -> String {
    file_name.chars().filter(|character| !character.is_control()).take(LONGEST_FILE_NAME).collect()
}
