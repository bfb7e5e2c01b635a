//! Entries of several queries in one order: by start, then id.

use std::collections::VecDeque;

use futures_util::future::try_join_all;
use vibesheets_core::{Entry, EntryId, store::StoreError, time::Instant};

use super::row;
use crate::{
    item::Item,
    tables::{Query, Tables},
};

/// Queries whose entries are each in the order of start and id.
pub(super) struct Merge {
    tables: Tables,
    sources: Vec<Source>,
}

struct Source {
    /// `None` once everything is read.
    query: Option<Query>,
    from: Option<Item>,
    read: VecDeque<Entry>,
}

impl Source {
    async fn fill(&mut self, tables: &Tables) -> Result<(), StoreError> {
        while self.read.is_empty()
            && let Some(query) = &self.query
        {
            let page = tables.query_page(query, self.from.take()).await?;
            for item in &page.items {
                self.read.extend(row::indexed_entry(item)?);
            }
            self.from = page.next;
            if self.from.is_none() {
                self.query = None;
            }
        }
        Ok(())
    }

    fn next_place(&self) -> Option<(Instant, EntryId)> {
        self.read.front().map(|entry| (entry.start, entry.id))
    }
}

impl Merge {
    pub fn new(tables: &Tables, queries: Vec<Query>) -> Self {
        let sources = queries
            .into_iter()
            .map(|query| Source { query: Some(query), from: None, read: VecDeque::new() })
            .collect();
        Self { tables: tables.clone(), sources }
    }

    /// With an entry that no query shows.
    #[must_use]
    pub fn and(mut self, entry: Option<Entry>) -> Self {
        self.sources.push(Source { query: None, from: None, read: entry.into_iter().collect() });
        self
    }

    /// The next entries, at least one; none after the last. An entry that is read in two places, because it moved from one
    /// to the other meanwhile, comes once, as it is.
    pub async fn next(&mut self) -> Result<Vec<Entry>, StoreError> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let tables = &self.tables;
            try_join_all(self.sources.iter_mut().map(|source| source.fill(tables))).await?;
            while let Some(entry) = self.pop() {
                match entries.last_mut() {
                    Some(last) if last.id == entry.id => {
                        if entry.version > last.version {
                            *last = entry;
                        }
                    }
                    _ => entries.push(entry),
                }
                let is_exhausted = |source: &Source| source.read.is_empty() && source.query.is_some();
                if self.sources.iter().any(is_exhausted) {
                    break;
                }
            }
            if self.sources.iter().all(|source| source.read.is_empty() && source.query.is_none()) {
                return Ok(entries);
            }
            // The last one may have its twin at the beginning of what is read next.
            if entries.len() > 1 {
                if let Some(last) = entries.pop() {
                    self.sources[0].read.push_front(last);
                }
                return Ok(entries);
            }
        }
    }

    fn pop(&mut self) -> Option<Entry> {
        let first = self.sources.iter_mut().filter(|source| !source.read.is_empty());
        first.min_by_key(|source| source.next_place())?.read.pop_front()
    }
}
