//! The conditions of a query, as SQL.

use std::rc::Rc;

use rusqlite::{ToSql, types::Value};
use vibesheets_core::{
    OrganisationId, ProjectId,
    store::{EntryCursor, EntryQuery},
    time::DateRange,
};

use crate::sql::{Sql, epoch_day};

const DAY_SECONDS: i64 = 86_400;

/// A zone's offset is less than 26 hours, so an entry of a work date starts within two days of it in UTC.
const WIDEST_OFFSET_SECONDS: i64 = 2 * DAY_SECONDS;

/// The earliest and the latest start, in seconds since the epoch, that an entry of these work dates can have.
pub(super) fn start_bounds(range: DateRange) -> (i64, i64) {
    (
        epoch_day(range.first) * DAY_SECONDS - WIDEST_OFFSET_SECONDS,
        (epoch_day(range.last) + 1) * DAY_SECONDS + WIDEST_OFFSET_SECONDS,
    )
}

/// The conditions and the values that they name.
pub(super) struct Filter {
    sql: String,
    values: Vec<(&'static str, Box<dyn ToSql>)>,
}

impl Filter {
    /// The organisation's entries within the query's dates, member and projects.
    pub(super) fn new(organisation: OrganisationId, query: &EntryQuery) -> Self {
        let mut filter = Self { sql: "organisation = :organisation".to_owned(), values: Vec::new() };
        filter.values.push((":organisation", Box::new(Sql(organisation))));
        filter.and("work_date BETWEEN :first AND :last");
        filter.values.push((":first", Box::new(Sql(query.range.first))));
        filter.values.push((":last", Box::new(Sql(query.range.last))));
        if let Some(member) = query.member {
            filter.and("member = :member");
            filter.values.push((":member", Box::new(Sql(member))));
        }
        if let Some(projects) = &query.projects {
            filter.and("project IN rarray(:projects)");
            filter.values.push((":projects", Box::new(id_array(projects))));
        }
        filter
    }

    /// The same condition in terms of the start, for indexes that are ordered by it.
    #[must_use]
    pub(super) fn bounded_by_start(mut self, range: DateRange) -> Self {
        let (earliest, latest) = start_bounds(range);
        self.and("start_at BETWEEN :earliest AND :latest");
        self.values.push((":earliest", Box::new(earliest)));
        self.values.push((":latest", Box::new(latest)));
        self
    }

    /// Without the deleted, as the indexes for lists say it.
    #[must_use]
    pub(super) fn live(mut self) -> Self {
        self.and("deleted = 0");
        self
    }

    /// Those that count, neither deleted nor open, as the index for totals says it.
    #[must_use]
    pub(super) fn counted(mut self) -> Self {
        self.and("seconds IS NOT NULL");
        self
    }

    /// What comes after the cursor in the order of start and id.
    #[must_use]
    pub(super) fn after(mut self, cursor: Option<EntryCursor>) -> Self {
        if let Some(EntryCursor { start, id }) = cursor {
            self.and("(start_at, id) > (:after_start, :after_id)");
            self.values.push((":after_start", Box::new(Sql(start))));
            self.values.push((":after_id", Box::new(Sql(id))));
        }
        self
    }

    /// What goes behind `WHERE`.
    pub(super) fn sql(&self) -> &str {
        &self.sql
    }

    /// What goes with it.
    pub(super) fn params(&self) -> Vec<(&str, &dyn ToSql)> {
        self.values.iter().map(|(name, value)| (*name, &**value)).collect()
    }

    fn and(&mut self, condition: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
    }
}

fn id_array(projects: &[ProjectId]) -> Rc<Vec<Value>> {
    Rc::new(projects.iter().map(|id| Value::Blob(id.as_bytes().to_vec())).collect())
}
