//! Everything that a store shows of an organisation.

use futures_util::TryStreamExt;
use vibesheets_core::{
    Entry,
    journal::{Actor, Head, StreamId},
    store::{Directory, EntryCursor, EntryQuery, GroupKey, Page, PageRequest, Scope, TotalRow},
    time::DateRange,
};

use super::Side;

/// What must be equal in both stores. Numbers of commits are an engine's own.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Contents {
    directory: Option<Directory>,
    heads: Vec<Head>,
    records: Vec<String>,
    entries: Vec<Entry>,
    pages: Vec<Entry>,
    streamed: Vec<Entry>,
    totals: Vec<Vec<TotalRow>>,
    answers: Vec<String>,
}

const GROUPINGS: [&[GroupKey]; 5] = [
    &[],
    &[GroupKey::Date],
    &[GroupKey::Member, GroupKey::Project],
    &[GroupKey::Tags],
    &[GroupKey::Date, GroupKey::Member, GroupKey::Project, GroupKey::Tags],
];

impl Side<'_> {
    pub async fn contents(&self) -> Contents {
        let scope = self.team.scope();
        let mut contents = Contents {
            directory: self.store.load_directory(&scope).await.expect("a directory"),
            heads: Vec::new(),
            records: Vec::new(),
            entries: Vec::new(),
            pages: Vec::new(),
            streamed: Vec::new(),
            totals: Vec::new(),
            answers: self.answers().await,
        };
        self.add_streams(&mut contents).await;
        let projects = contents.directory.iter().flat_map(|directory| &directory.projects);
        let projects: Vec<_> = projects.map(|project| project.id).take(2).collect();
        let members = [None, Some(self.team.member(0)), Some(self.team.member(2))];
        for (member, projects) in
            members.into_iter().flat_map(|member| [(member, None), (member, Some(projects.clone()))])
        {
            let range = self.range();
            self.add_entries(&mut contents, &EntryQuery { range, member, projects }).await;
        }
        contents
    }

    /// The days around now, so that some entries lie outside.
    fn range(&self) -> DateRange {
        let today = vibesheets_core::time::Zone::utc()
            .date_at(vibesheets_core::time::Instant::from_timestamp(self.lab.now()).expect("an instant"));
        let days = |days: i64| jiff::Span::new().days(days);
        DateRange { first: today.saturating_sub(days(20)), last: today.saturating_add(days(2)) }
    }

    async fn add_streams(&self, contents: &mut Contents) {
        let (organisation, scope) = (self.team.organisation.id, self.team.scope());
        let callers = self.team.members.iter().chain([&self.team.owner]);
        let members = callers.map(|caller| caller.member.id);
        for member in members {
            let stream = StreamId::Member(organisation, member);
            let entries = self.store.list_member_entries(&scope, member, None, 10_000);
            contents.entries.extend(entries.await.expect("entries"));
            self.add_stream(contents, stream).await;
        }
        self.add_stream(contents, self.team.stream()).await;
        self.add_stream(contents, StreamId::Account(self.team.account.id)).await;
    }

    async fn add_stream(&self, contents: &mut Contents, stream: StreamId) {
        contents.heads.push(self.store.head(stream).await.expect("a head"));
        let records = self.store.read_stream(stream, 0, 10_000).await.expect("records");
        let shown = records.into_iter().map(|stored| format!("{:?} {:?}", stored.record, stored.payload));
        contents.records.extend(shown);
    }

    async fn add_entries(&self, contents: &mut Contents, query: &EntryQuery) {
        let scope = self.team.scope();
        let mut after: Option<EntryCursor> = None;
        loop {
            let page = PageRequest { limit: 3, after };
            let Page { entries, next } = self.store.list_entries(&scope, query, &page).await.expect("a page");
            contents.pages.extend(entries);
            after = next;
            if after.is_none() {
                break;
            }
        }
        let chunks: Vec<Vec<Entry>> =
            self.store.stream_entries(&scope, query).try_collect().await.expect("a stream");
        contents.streamed.extend(chunks.into_iter().flatten());
        for keys in GROUPINGS {
            contents.totals.push(self.store.total(&scope, query, keys).await.expect("totals"));
        }
    }

    async fn answers(&self) -> Vec<String> {
        let mut answers = Vec::new();
        for (_, command) in &self.commands {
            for caller in self.team.members.iter().chain([&self.team.owner]) {
                let scope = Scope { actor: Actor::Member(caller.member.id), ..self.team.scope() };
                let applied = self.store.find_applied(&scope, command.id).await.expect("a command");
                let at = self.store.find_applied_at(&scope, command.id).await.expect("a time");
                answers.push(format!("{applied:?} {at:?}"));
            }
        }
        answers
    }
}
