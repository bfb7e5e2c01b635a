//! The organisation's side of an import: the import itself and the nouns that it makes.

use jiff::Timestamp;

use super::{ActionError, Caller, Command, Context, MOST_CHANGES, Refusal, Run, step::Step};
use crate::{
    Import, ImportId, MemberId,
    actions::run::first_answer,
    import::plan::Meanings,
    journal::{DirectoryChange, Operation, Revision},
    store::{Answer, Directory},
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
        // A copy of this command may have come to its end since it was looked up; what it brought may be undone by now.
        if first_answer(self.context, self.caller, self.command).await?.is_some() {
            return Ok(None);
        }
        let step = self.step(Operation::ImportBegin);
        let now = step.now;
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
            let (import, written) = step.write(decide).await?;
            if !written {
                return Ok(import.map(|import| import.version));
            }
        }
    }

    /// Says that the last entry is in, and keeps `answer`.
    pub(super) async fn finish(
        &self,
        entries: u64,
        seconds: i64,
        answer: Answer,
    ) -> Result<Answer, ActionError> {
        let step = self.step(Operation::ImportFinish);
        let now = step.now;
        let decide = |directory: &Directory, import: Option<&Import>| {
            self.expect_nobody_erased(directory)?;
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
        step.conclude(self.command, answer, decide).await
    }

    /// Keeps `answer` where nothing was left to do: a late copy would bring in what is undone by that time.
    pub(super) async fn finish_without_change(&self, answer: Answer) -> Result<Answer, ActionError> {
        let decide = |directory: &Directory, _: Option<&Import>| {
            self.expect_nobody_erased(directory)?;
            Ok(Vec::new())
        };
        self.step(Operation::ImportFinish).conclude(self.command, answer, decide).await
    }

    /// A report that is kept after somebody was erased would name them for long. Nor is the file planned anew by itself, which would make
    /// a member of them again.
    fn expect_nobody_erased(&self, directory: &Directory) -> Result<(), Refusal> {
        let members = &self.identified.meanings.members;
        let mut erased = directory.members.iter().filter(|member| member.erased);
        if erased.any(|erased| members.iter().any(|member| member.id == erased.id)) {
            return Err(Refusal::NotFound("member"));
        }
        Ok(())
    }

    fn step(&self, operation: Operation) -> Step<'_> {
        let now = self.context.time.now();
        Step { context: self.context, caller: self.caller, id: self.id, operation, now }
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

/// Says that the last entry is out again, and keeps `answer`; what came in at its time stays told.
pub(super) async fn mark_undone(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    id: ImportId,
    answer: Answer,
) -> Result<Answer, ActionError> {
    let now = context.time.now();
    let decide = |_: &Directory, import: Option<&Import>| {
        let import = import.ok_or(Refusal::NotFound("import"))?;
        let after = Import { undone_at: Some(now), ..import.clone() };
        Ok(if import.undone_at.is_some() { Vec::new() } else { vec![revised(import, after)] })
    };
    let step = Step { context, caller, id, operation: Operation::ImportUndo, now };
    step.conclude(command, answer, decide).await
}

fn revised(before: &Import, after: Import) -> DirectoryChange {
    let after = Import { version: before.version + 1, ..after };
    DirectoryChange::Import(Revision { before: Some(before.clone()), after })
}

fn plain(file_name: &str) -> String {
    file_name.chars().filter(|character| !character.is_control()).take(LONGEST_FILE_NAME).collect()
}
