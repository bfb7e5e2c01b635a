//! Writing entries with the record that tells of them.

use rusqlite::{named_params, params};
use vibesheets_core::{
    Entry, MemberId,
    journal::{Operation, Revision, StreamId},
    store::{Commit, Scope, StoreError, TimesheetWrite},
};

use super::{Committed, row::source_text};
use crate::{
    Failure, commands,
    failure::is_duplicate,
    journal,
    sql::{Json, Sql},
    writer::Write,
};

/// All or nothing, inside the write's savepoint.
pub(crate) fn timesheet(write: &Write<'_>, scope: &Scope, change: TimesheetWrite) -> Result<Commit, Failure> {
    let record = &change.append.record;
    let member = owner(scope, &change)?;
    commands::keep(write, scope, change.applied.as_ref(), record.time)?;
    journal::append(write, record, Some(&change.append.payload))?;
    for revision in &change.change.entries {
        if revision.after.member_id != member {
            return Err(StoreError::Internal("an entry in another member's record".to_owned()).into());
        }
    }
    // A switch closes one entry and opens the next: the closed ones first, so that never two are open.
    let (open, closed): (Vec<_>, Vec<_>) =
        change.change.entries.iter().partition(|revision| revision.after.is_open());
    for revision in closed.into_iter().chain(open) {
        let fits = match put(write, scope, revision) {
            Ok(fits) => fits,
            Err(error) if is_duplicate(&error) => false,
            Err(error) => return Err(error.into()),
        };
        if !fits {
            return Err(journal::conflict(write, record.stream));
        }
    }
    write.changes_timesheet(Committed {
        organisation: scope.organisation,
        member,
        head: record.head(),
        is_closed: record.operation == Operation::MemberErase,
        entries: change.change.entries,
    });
    Ok(Commit { number: Some(write.number) })
}

/// The member whose stream the record belongs to.
fn owner(scope: &Scope, change: &TimesheetWrite) -> Result<MemberId, StoreError> {
    match change.append.record.stream {
        StreamId::Member(organisation, member) if organisation == scope.organisation => Ok(member),
        other => Err(StoreError::Internal(format!("a record of {other} outside its scope"))),
    }
}

/// Whether the entry was as the decision saw it; it is written if so.
fn put(write: &Write<'_>, scope: &Scope, revision: &Revision<Entry>) -> rusqlite::Result<bool> {
    match &revision.before {
        None => insert(write, scope, &revision.after).map(|()| true),
        Some(before) => update(write, scope, before, &revision.after),
    }
}

fn insert(write: &Write<'_>, scope: &Scope, entry: &Entry) -> rusqlite::Result<()> {
    write
        .connection
        .prepare_cached(
            "INSERT INTO entries (organisation, id, member, project, start_at, end_at, time_zone, work_date, note, tags,
                                  billable, source, import, deleted, version, journal_seq, created_at, updated_at, seconds)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        )?
        .execute(params![
            Sql(scope.organisation),
            Sql(entry.id),
            Sql(entry.member_id),
            entry.project_id.map(Sql),
            Sql(entry.start),
            entry.end.map(Sql),
            entry.time_zone.name(),
            Sql(entry.work_date),
            &*entry.note,
            Json(&entry.tags),
            entry.billable,
            source_text(entry.source),
            entry.import_id.map(Sql),
            entry.deleted,
            entry.version,
            entry.journal_seq,
            Sql(entry.created_at),
            Sql(entry.updated_at),
            counted(entry),
        ])
        .map(drop)
}

fn update(write: &Write<'_>, scope: &Scope, before: &Entry, after: &Entry) -> rusqlite::Result<bool> {
    let changed = write
        .connection
        .prepare_cached(
            "UPDATE entries SET project = :project, start_at = :start, end_at = :end, time_zone = :time_zone,
                    work_date = :work_date, note = :note, tags = :tags, billable = :billable, source = :source,
                    import = :import, deleted = :deleted, version = :version, journal_seq = :journal_seq,
                    created_at = :created_at, updated_at = :updated_at,
                    seconds = :seconds
             WHERE organisation = :organisation AND id = :id AND member = :member AND version = :version_before",
        )?
        .execute(named_params! {
            ":organisation": Sql(scope.organisation),
            ":id": Sql(after.id),
            ":member": Sql(after.member_id),
            ":version_before": before.version,
            ":project": after.project_id.map(Sql),
            ":start": Sql(after.start),
            ":end": after.end.map(Sql),
            ":time_zone": after.time_zone.name(),
            ":work_date": Sql(after.work_date),
            ":note": &*after.note,
            ":tags": Json(&after.tags),
            ":billable": after.billable,
            ":source": source_text(after.source),
            ":import": after.import_id.map(Sql),
            ":deleted": after.deleted,
            ":version": after.version,
            ":journal_seq": after.journal_seq,
            ":created_at": Sql(after.created_at),
            ":updated_at": Sql(after.updated_at),
            ":seconds": counted(after),
        })?;
    Ok(changed == 1)
}

/// What the entry counts in totals.
pub(crate) fn counted(entry: &Entry) -> Option<i64> {
    entry.seconds().filter(|_| !entry.deleted)
}
