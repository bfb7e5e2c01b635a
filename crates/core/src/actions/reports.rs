//! Lists and sums of entries, for people: who may see whose, and groups that sum to their total (I7).

use std::collections::BTreeMap;

use super::{ActionError, Caller, Context, Refusal};
use crate::{
    ClientId, DayTotal, Label, MemberId, ProjectId, Reason,
    policy::{Action, Target},
    store::{EntryQuery, EntryStream, GroupKey, Page, PageRequest, TotalRow},
    time::{Date, DateRange},
};

/// The most work dates that one question may span.
pub const MOST_DAYS: usize = 366;

/// Whose time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The caller's own.
    Own,
    /// One member's.
    Member(MemberId),
    /// Everyone's.
    Everyone,
}

/// Which time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeFilter {
    /// Work dates.
    pub range: DateRange,
    /// Whose.
    pub whose: Whose,
    /// On one project.
    pub project: Option<ProjectId>,
    /// On one client's projects.
    pub client: Option<ClientId>,
}

/// A timesheet: a page of entries, and the sums of the whole range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimesheetPage {
    /// The page.
    pub page: Page,
    /// Every work date of the range with its closed seconds.
    pub days: Vec<DayTotal>,
    /// Their sum.
    pub total_seconds: i64,
}

/// What a report is grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportKey {
    /// The work date.
    Date,
    /// The project, or none.
    Project,
    /// The project's client, or none.
    Client,
    /// The member.
    Member,
    /// The whole set of labels.
    Tags,
}

/// One row of a report; what it is not grouped by is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// The work date.
    pub date: Option<Date>,
    /// The project.
    pub project: Option<ProjectId>,
    /// The client.
    pub client: Option<ClientId>,
    /// The member.
    pub member: Option<MemberId>,
    /// The labels.
    pub tags: Vec<Label>,
    /// The closed seconds.
    pub seconds: i64,
}

/// A page of the entries that the filter names, with the sums of all of them.
///
/// # Errors
/// [`Refusal::Forbidden`] for time that the caller may not read, [`Refusal::Invalid`] for a range that is too long.
pub async fn timesheet(
    context: Context<'_>,
    caller: &Caller,
    filter: &TimeFilter,
    page: &PageRequest,
) -> Result<TimesheetPage, ActionError> {
    let query = permitted_query(context, caller, filter).await?;
    let scope = caller.scope();
    let totals = context.store.total(&scope, &query, &[GroupKey::Date]).await?;
    let page = context.store.list_entries(&scope, &query, page).await?;
    let by_date: BTreeMap<Date, i64> =
        totals.iter().filter_map(|row| row.date.map(|date| (date, row.seconds))).collect();
    let days = filter
        .range
        .dates()
        .map(|date| DayTotal { date, seconds: by_date.get(&date).copied().unwrap_or(0) })
        .collect();
    Ok(TimesheetPage { page, days, total_seconds: totals.iter().map(|row| row.seconds).sum() })
}

/// The closed seconds of the entries that the filter names, grouped; the rows sum to the total of the timesheet.
///
/// # Errors
/// As [`timesheet`].
pub async fn report(
    context: Context<'_>,
    caller: &Caller,
    filter: &TimeFilter,
    keys: &[ReportKey],
) -> Result<Vec<ReportRow>, ActionError> {
    let query = permitted_query(context, caller, filter).await?;
    let totals = context.store.total(&caller.scope(), &query, &store_keys(keys)).await?;
    let clients =
        if keys.contains(&ReportKey::Client) { clients(context, caller).await? } else { BTreeMap::new() };
    let rows = totals.into_iter().map(|total| report_row(total, keys, &clients));
    // Only projects of one client fall into one row.
    if !keys.contains(&ReportKey::Client) || keys.contains(&ReportKey::Project) {
        return Ok(rows.collect());
    }
    Ok(merged(rows))
}

/// Rows of the same group as one, where the first of them stood.
fn merged(rows: impl Iterator<Item = ReportRow>) -> Vec<ReportRow> {
    let mut merged: Vec<ReportRow> = Vec::new();
    let mut places: BTreeMap<_, usize> = BTreeMap::new();
    for row in rows {
        let key = (row.date, row.client, row.member, row.tags.clone());
        match places.get(&key) {
            Some(&place) => merged[place].seconds += row.seconds,
            None => {
                places.insert(key, merged.len());
                merged.push(row);
            }
        }
    }
    merged
}

/// The entries that the filter names, streamed, for an export.
///
/// # Errors
/// [`Refusal::Forbidden`] for time that the caller may not read.
pub async fn export(
    context: Context<'_>,
    caller: &Caller,
    filter: &TimeFilter,
) -> Result<EntryStream, ActionError> {
    let query = permitted_query_of_any_length(context, caller, filter).await?;
    Ok(context.store.stream_entries(&caller.scope(), &query))
}

fn store_keys(keys: &[ReportKey]) -> Vec<GroupKey> {
    let mut store_keys: Vec<GroupKey> = Vec::with_capacity(keys.len());
    for key in keys {
        let store_key = match key {
            ReportKey::Date => GroupKey::Date,
            // Which client pays is the project's business; a store only knows projects.
            ReportKey::Project | ReportKey::Client => GroupKey::Project,
            ReportKey::Member => GroupKey::Member,
            ReportKey::Tags => GroupKey::Tags,
        };
        if !store_keys.contains(&store_key) {
            store_keys.push(store_key);
        }
    }
    store_keys
}

fn report_row(total: TotalRow, keys: &[ReportKey], clients: &BTreeMap<ProjectId, ClientId>) -> ReportRow {
    let client = total.project.and_then(|project| clients.get(&project).copied());
    ReportRow {
        date: total.date,
        project: total.project.filter(|_| keys.contains(&ReportKey::Project)),
        client: client.filter(|_| keys.contains(&ReportKey::Client)),
        member: total.member,
        tags: total.tags,
        seconds: total.seconds,
    }
}

async fn clients(
    context: Context<'_>,
    caller: &Caller,
) -> Result<BTreeMap<ProjectId, ClientId>, ActionError> {
    let directory =
        context.store.load_directory(&caller.scope()).await?.ok_or(Refusal::NotFound("organisation"))?;
    Ok(directory.projects.iter().filter_map(|project| Some((project.id, project.client_id?))).collect())
}

pub(super) async fn permitted_query(
    context: Context<'_>,
    caller: &Caller,
    filter: &TimeFilter,
) -> Result<EntryQuery, ActionError> {
    if filter.range.days() > MOST_DAYS {
        return Err(Refusal::invalid(
            "/end_date",
            Reason::new("range_too_long", format!("the range may span at most {MOST_DAYS} days"))
                .with("days", MOST_DAYS),
        )
        .into());
    }
    permitted_query_of_any_length(context, caller, filter).await
}

async fn permitted_query_of_any_length(
    context: Context<'_>,
    caller: &Caller,
    filter: &TimeFilter,
) -> Result<EntryQuery, ActionError> {
    if filter.range.last < filter.range.first {
        return Err(Refusal::invalid(
            "/end_date",
            Reason::new("range_reversed", "lies before the start date"),
        )
        .into());
    }
    let member = match filter.whose {
        Whose::Own => Some(caller.member.id),
        Whose::Member(id) => Some(readable_member(context, caller, id).await?),
        Whose::Everyone => {
            caller.authorize(Action::ReadTime, Target::Organisation)?;
            None
        }
    };
    let projects = match (filter.project, filter.client) {
        (None, None) => None,
        (Some(project), None) => Some(vec![project]),
        (project, Some(client)) => {
            let of_client = clients(context, caller).await?;
            let wanted = |id: &ProjectId| project.is_none_or(|project| project == *id);
            Some(
                of_client.iter().filter(|(id, of)| **of == client && wanted(id)).map(|(id, _)| *id).collect(),
            )
        }
    };
    Ok(EntryQuery { range: filter.range, member, projects })
}

/// Unknown, foreign and unreadable members are all the same to the caller (I8).
async fn readable_member(
    context: Context<'_>,
    caller: &Caller,
    id: MemberId,
) -> Result<MemberId, ActionError> {
    let unknown = Refusal::NotFound("member");
    caller.authorize(Action::ReadTime, Target::Member(id)).map_err(|_| unknown.clone())?;
    if id != caller.member.id && context.store.find_member(&caller.scope(), id).await?.is_none() {
        return Err(unknown.into());
    }
    Ok(id)
}
