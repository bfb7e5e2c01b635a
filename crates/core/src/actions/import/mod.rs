//! Importing another tool's file, and undoing that.
//!
//! A run writes `import.begin` in the organisation's stream (the import and the nouns that it makes), then each
//! member's entries in chunks of at most 30 with a record `import.entries` each, then `import.finish`. Every id
//! is derived, and each chunk is decided on what is there when it is written: a run that was cut short is completed by the
//! same file, two at once do no harm, and whatever somebody enters meanwhile stands.

mod chunks;
mod existing;
mod organisation;
mod step;
mod undo;

pub use undo::{UndoneImport, undo};

use self::{chunks::Entering, existing::load_existing};
use super::{ActionError, Caller, Command, Context, Refusal};
use crate::{
    Import, ImportId, MemberId, Reason,
    import::{
        DateOrder, FileRefusal, ImportReport, ImportSource, OverlapPolicy, ParsedFile, ReadOptions,
        RefusalCode,
        plan::{ExistingTime, Identified, ImportPlan, Used, import_id},
        read,
    },
    journal::DirectoryChange,
    policy::{Action, Target},
    store::{Answer, Directory},
    time::Zone,
};

use std::collections::HashMap;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: usize = 32 * 1024 * 1024;
/// The most members, projects, clients and tags that one import makes.
pub const MOST_NEW_NOUNS: usize = 5_000;
/// The most members whose rows one import has: it names them, and an engine takes 400 KB in one piece.
pub const MOST_MEMBERS: usize = 10_000;
/// The most nouns in one record: each is at most two items, and an engine writes 100 at once.
const MOST_CHANGES: usize = 40;
/// The most entries in one record: one that comes back with another start is three items, gone here and standing there, which
/// a third one tells.
pub const MOST_ENTRIES: usize = 30;
/// How often a plan is made anew because somebody changed what the file's names mean.
const MOST_PLANS: usize = 10;

/// What is told while a long run goes on: entries done, entries in all; 0 in all while it is being
/// planned.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

/// A file and how to treat it.
#[derive(Debug, Clone)]
pub struct ImportRequest<'a> {
    /// The file.
    pub bytes: &'a [u8],
    /// Its name with whoever sends it.
    pub file_name: &'a str,
    /// The tool that wrote it; found from the header where `None`.
    pub source: Option<ImportSource>,
    /// Where the clocks of its local times stood.
    pub time_zone: Zone,
    /// The order of day, month and year; found from the file where `None`.
    pub date_order: Option<DateOrder>,
    /// What happens to rows that overlap.
    pub overlaps: OverlapPolicy,
    /// Whether nothing is to be written.
    pub dry_run: bool,
}

/// All imports, the newest first.
///
/// # Errors
/// [`Refusal::Forbidden`], or the store's error.
pub async fn list(context: Context<'_>, caller: &Caller) -> Result<Vec<Import>, ActionError> {
    caller.authorize(Action::Import, Target::Organisation)?;
    Ok(context.store.list_imports(&caller.scope()).await?)
}

/// Imports a file, or says what importing it would do, which keeps no answer. Call it within [`once`](super::once). Reading and planning a large file takes a processor for some
/// seconds without a pause: call it where that holds up nobody. Where an error ends a run, what came in until then
/// is listed as an unfinished import; the same request completes it, [`undo`] takes it back.
///
/// # Errors
/// [`Refusal::Forbidden`]; [`Refusal::Invalid`] for a file that cannot be read as a whole; [`Refusal::NotAllowed`] where
/// the import is undone while it runs; [`Refusal::Busy`], or the store's error.
pub async fn import(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    request: &ImportRequest<'_>,
    render: impl Fn(ImportReport) -> Answer,
    progress: Progress<'_>,
) -> Result<Answer, ActionError> {
    caller.authorize(Action::Import, Target::Organisation)?;
    let file = read_file(request).map_err(|refusal| refused(&refusal))?;
    for _ in 0..MOST_PLANS {
        let run = Run::plan(context, caller, command, request, &file, progress).await?;
        if request.dry_run {
            return Ok(render(run.report(true)));
        }
        match run.write(&render, progress).await {
            Err(ActionError::Refused(Refusal::Busy)) => {}
            outcome => return outcome,
        }
    }
    Err(Refusal::Busy.into())
}

fn read_file(request: &ImportRequest<'_>) -> Result<ParsedFile, FileRefusal> {
    if request.bytes.len() > LARGEST_FILE {
        let detail = "the file has more than 32 MiB; export a shorter period".to_owned();
        return Err(FileRefusal { code: RefusalCode::TooLarge, line: None, column: None, detail });
    }
    let options = ReadOptions {
        source: request.source,
        time_zone: request.time_zone.clone(),
        date_order: request.date_order,
    };
    read(request.bytes, &options)
}

/// Why a file with rows of so many members, which makes so many nouns, is refused.
fn too_many(members: usize, made: usize) -> Option<FileRefusal> {
    let (code, detail) = if made > MOST_NEW_NOUNS {
        let detail = format!(
            "the file would make {made} members, projects, clients and tags, and one import makes at most {MOST_NEW_NOUNS}; \
             check the columns, or split the file"
        );
        (RefusalCode::TooManyNew, detail)
    } else if members > MOST_MEMBERS {
        let detail = format!(
            "the file has rows of {members} members, and one import has at most {MOST_MEMBERS}; split the file"
        );
        (RefusalCode::TooManyMembers, detail)
    } else {
        return None;
    };
    Some(FileRefusal { code, line: None, column: None, detail })
}

fn refused(refusal: &FileRefusal) -> Refusal {
    let mut reason = Reason::new(refusal.code.as_str(), refusal.to_string());
    if let Some(line) = refusal.line {
        reason = reason.with("line", line);
    }
    if let Some(column) = &refusal.column {
        reason = reason.with("column", column);
    }
    Refusal::invalid(refusal.pointer(), reason)
}

/// One run, planned on what was there.
struct Run<'a> {
    context: Context<'a>,
    caller: &'a Caller,
    command: Command,
    request: &'a ImportRequest<'a>,
    file: &'a ParsedFile,
    id: ImportId,
    identified: Identified,
    existing: HashMap<MemberId, ExistingTime>,
    plan: ImportPlan,
    used: Used,
    made: Vec<DirectoryChange>,
}

impl<'a> Run<'a> {
    async fn plan(
        context: Context<'a>,
        caller: &'a Caller,
        command: Command,
        request: &'a ImportRequest<'a>,
        file: &'a ParsedFile,
        progress: Progress<'_>,
    ) -> Result<Self, ActionError> {
        let organisation = caller.organisation.id;
        let directory: Directory =
            context.store.load_directory(&caller.scope()).await?.ok_or(Refusal::NotFound("organisation"))?;
        let identified = Identified::new(file, organisation, &directory);
        let existing = load_existing(context, caller, file, &identified, progress).await?;
        let plan = ImportPlan::new(file, &identified, &existing, request.overlaps);
        let mut used = Used::nothing(file);
        for settled in plan.members.iter().flat_map(|member| &member.settled) {
            let row = &file.rows[settled.row as usize];
            if settled.resolution.kept(row).is_some() {
                used.add(row);
            }
        }
        let made = identified.meanings.new_nouns(file, &used, &directory, context.time.now());
        if let Some(refusal) = too_many(identified.meanings.members.len(), made.len()) {
            return Err(refused(&refusal).into());
        }
        let id = import_id(organisation, file, request.overlaps);
        Ok(Self { context, caller, command, request, file, id, identified, existing, plan, used, made })
    }

    fn report(&self, dry_run: bool) -> ImportReport {
        ImportReport::new(self.id, dry_run, self.file, &self.identified, &self.plan, &self.made)
    }

    async fn write(
        mut self,
        render: &impl Fn(ImportReport) -> Answer,
        progress: Progress<'_>,
    ) -> Result<Answer, ActionError> {
        let (mut entries, mut seconds) = self.already_in();
        let Some(version) = self.begin().await? else {
            return self.finish_without_change(render(self.report(false))).await;
        };
        let entered = Entering {
            context: self.context,
            caller: self.caller,
            file: self.file,
            meanings: &self.identified.meanings,
            import: self.id,
            version,
            overlaps: self.request.overlaps,
        }
        .enter(&mut self.plan, progress)
        .await?;
        entries += entered.entries;
        seconds += entered.seconds;
        self.finish(entries, seconds, render(self.report(false))).await
    }

    /// Entries that this import brought before it was cut short, and their seconds.
    fn already_in(&self) -> (u64, i64) {
        let live = self
            .existing
            .values()
            .flat_map(|existing| existing.entries.values())
            .filter(|entry| !entry.deleted && entry.import_id == Some(self.id));
        live.fold((0, 0), |(entries, seconds), entry| (entries + 1, seconds + entry.seconds().unwrap_or(0)))
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn an_import_of_as_many_members_as_one_may_have_fits_an_item() {
        assert_eq!(too_many(MOST_MEMBERS, MOST_NEW_NOUNS), None);
        let refusal = too_many(MOST_MEMBERS + 1, 0);
        assert_eq!(refusal.map(|refusal| refusal.code), Some(RefusalCode::TooManyMembers));
        let member = MemberId::from_bytes([0xff; 16]);
        let import = Import {
            id: ImportId::from_bytes([0xff; 16]),
            source: ImportSource::Toggl,
            file_name: "🚒".repeat(255),
            member,
            members: vec![member; MOST_MEMBERS],
            entries: u64::MAX,
            seconds: i64::MIN,
            created_at: Timestamp::MAX,
            finished_at: Some(Timestamp::MAX),
            undone_at: Some(Timestamp::MAX),
            version: u32::MAX,
        };
        let bytes = serde_json::to_vec(&import).expect("JSON").len();
        // Beside it an item has its keys and the names of its attributes.
        assert!(bytes < 400 * 1024 - 1024, "{bytes} bytes");
    }
}
