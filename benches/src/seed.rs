//! A store with two years of 1,200 members' time in it, written through the port: every entry has its journal record.

use std::sync::Arc;

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use vibesheets_core::{
    Account, AccountId, CommandId, Email, Entry, EntryDraft, EntryId, EntrySource, Labels, Member, MemberId,
    Membership, Name, Note, Organisation, OrganisationId, PasswordHash, Project, ProjectId, RandomSource,
    Role, Session, SessionId,
    journal::{
        AccountChange, Actor, Append, DirectoryChange, EntriesChange, Head, Operation, PayloadBody,
        RecordDraft, Revision, StreamId,
    },
    store::{Accounts, DirectoryWrite, Scope, SignUpWrite, StoreError, TimesheetWrite, Timesheets},
    time::{FirstDayOfWeek, Instant, Zone},
};
use vibesheets_store_sqlite::SqliteStore;

/// Members in the store.
pub const MEMBERS: usize = 1200;
/// Entries of each member: 1.5 M in all.
pub const ENTRIES_PER_MEMBER: usize = 1250;
/// Days before the present that the first entry lies on.
pub const DAYS: i64 = 730;

/// Entries of one journal record.
const CHUNK_ENTRIES: usize = 40;
const PROJECTS: usize = 40;

/// Counts up: benchmarks need different bytes, not unguessable ones.
pub struct Counter(std::sync::atomic::AtomicU64);

impl Counter {
    /// From 1.
    pub const fn new() -> Self {
        Self(std::sync::atomic::AtomicU64::new(1))
    }
}

impl RandomSource for Counter {
    fn fill(&self, bytes: &mut [u8]) {
        let mut value =
            self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        for byte in bytes {
            *byte = value.to_le_bytes()[7];
            value = value.wrapping_mul(0xD129_0D3A_5B3A_4E2D).wrapping_add(1);
        }
    }
}

/// Fills `store` with members and their time up to `now`; everyone is signed in.
pub async fn fill(store: Arc<SqliteStore>, now: Timestamp) -> Result<Vec<Session>, StoreError> {
    let random = Arc::new(Counter::new());
    let organisation = OrganisationId::generate(now, &*random);
    let projects: Vec<ProjectId> = (0..PROJECTS).map(|_| ProjectId::generate(now, &*random)).collect();
    let sessions = people(&store, organisation, &projects, now, &random).await?;
    stream::iter(sessions.clone())
        .map(|session| {
            let member = session.membership.member;
            entries(Arc::clone(&store), organisation, member, projects.clone(), now, Arc::clone(&random))
        })
        .buffer_unordered(64)
        .try_collect::<Vec<()>>()
        .await?;
    Ok(sessions)
}

async fn people(
    store: &SqliteStore,
    organisation: OrganisationId,
    projects: &[ProjectId],
    now: Timestamp,
    random: &Counter,
) -> Result<Vec<Session>, StoreError> {
    let mut head = Head::EMPTY;
    let mut sessions = Vec::with_capacity(MEMBERS);
    for index in 0..MEMBERS {
        let account = account(index, now, random);
        let member = member(index, &account, now, random);
        let actor = Actor::Account(account.id);
        let session = Session {
            id: SessionId::generate(now, random),
            account: account.id,
            membership: Membership { organisation, member: member.id },
            created_at: now,
            expires_at: now + SignedDuration::from_hours(1),
            user_agent: "benchmark".to_owned(),
        };
        let mut changes = vec![DirectoryChange::Member(created(member))];
        if index == 0 {
            changes.insert(0, DirectoryChange::Organisation(created(tenant(organisation, now))));
            changes.extend(
                projects
                    .iter()
                    .enumerate()
                    .map(|(index, id)| DirectoryChange::Project(created(project(index, *id)))),
            );
        }
        let scope = Scope { organisation, actor };
        let draft = RecordDraft {
            now,
            actor,
            operation: Operation::MemberJoin,
            command: CommandId::generate(now, random),
            applied: None,
        };
        let body = PayloadBody::Directory(changes.clone());
        let append = Append::after(head, StreamId::Organisation(organisation), draft, &body, random);
        head = append.record.head();
        let revision = created(account.clone());
        let body = PayloadBody::Account(AccountChange(revision.clone()));
        let made = RecordDraft { operation: Operation::AccountCreate, ..draft };
        let account_append = Append::after(Head::EMPTY, StreamId::Account(account.id), made, &body, random);
        let directory = DirectoryWrite { append, changes, applied: None };
        let write = SignUpWrite {
            account: Some((account_append, revision)),
            directory,
            only_if_store_is_empty: false,
        };
        store.sign_up(&scope, write).await?;
        store.put_session(session.clone()).await?;
        sessions.push(session);
    }
    Ok(sessions)
}

fn created<T>(after: T) -> Revision<T> {
    Revision { before: None, after }
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name of the benchmark is a name")
}

fn account(index: usize, now: Timestamp, random: &Counter) -> Account {
    let email =
        Email::new(&format!("member{index}@example.com")).expect("an address of the benchmark is one");
    let password = PasswordHash("$argon2id$none".to_owned());
    Account { id: AccountId::generate(now, random), email, password, version: 1, created_at: now }
}

fn member(index: usize, account: &Account, now: Timestamp, random: &Counter) -> Member {
    Member {
        id: MemberId::generate(now, random),
        account: Some(account.id),
        name: name(&format!("Member {index}")),
        email: Some(account.email.clone()),
        role: if index == 0 { Role::Owner } else { Role::Member },
        time_zone: vienna(),
        locale: Default::default(),
        duration_format: Default::default(),
        archived: false,
        erased: false,
        version: 1,
        created_at: now,
    }
}

fn vienna() -> Zone {
    Zone::named("Europe/Vienna").expect("a bundled zone")
}

fn tenant(id: OrganisationId, now: Timestamp) -> Organisation {
    Organisation {
        id,
        name: name("Benchmark"),
        time_zone: vienna(),
        first_day_of_week: FirstDayOfWeek::MONDAY,
        week_target_seconds: 144_000,
        version: 1,
        created_at: now,
    }
}

fn project(index: usize, id: ProjectId) -> Project {
    Project {
        id,
        name: name(&format!("Project {index}")),
        client_id: None,
        color: vibesheets_core::Color::for_index(index),
        billable: index.is_multiple_of(2),
        archived: false,
        version: 1,
    }
}

/// A member's time, oldest first: two or three entries a working day of one to four hours.
async fn entries(
    store: Arc<SqliteStore>,
    organisation: OrganisationId,
    member: MemberId,
    projects: Vec<ProjectId>,
    now: Timestamp,
    random: Arc<Counter>,
) -> Result<(), StoreError> {
    let scope = Scope { organisation, actor: Actor::Member(member) };
    let stream = StreamId::Member(organisation, member);
    let first_day = Instant::from_timestamp(now).map_err(internal)?.saturating_add_seconds(-DAYS * 86_400);
    let all: Vec<Entry> = (0..ENTRIES_PER_MEMBER)
        .map(|index| entry(index, first_day, member, &projects, now, &random))
        .collect();
    let mut head = Head::EMPTY;
    for chunk in all.chunks(CHUNK_ENTRIES) {
        let seq = head.seq + 1;
        let entries =
            chunk.iter().map(|entry| created(Entry { journal_seq: seq, ..entry.clone() })).collect();
        let change = EntriesChange { device_time: None, import_id: None, entries };
        let command = CommandId::generate(now, &*random);
        let draft = RecordDraft {
            now,
            actor: scope.actor,
            operation: Operation::ImportEntries,
            command,
            applied: None,
        };
        let append = Append::after(head, stream, draft, &PayloadBody::Entries(change.clone()), &*random);
        head = append.record.head();
        store.write_timesheet(&scope, TimesheetWrite { append, change, applied: None }).await?;
    }
    Ok(())
}

fn internal(error: impl ToString) -> StoreError {
    StoreError::Internal(error.to_string())
}

/// The `index`th entry: spread evenly over the days, so that none overlaps another.
fn entry(
    index: usize,
    first_day: Instant,
    member: MemberId,
    projects: &[ProjectId],
    now: Timestamp,
    random: &Counter,
) -> Entry {
    let spacing = DAYS * 86_400 / ENTRIES_PER_MEMBER as i64;
    let start = first_day.saturating_add_seconds(index as i64 * spacing);
    let length = 3600 + (index as i64 * 7919 + i64::from(member.as_bytes()[15])) % 10_800;
    let draft = EntryDraft {
        start,
        end: Some(start.saturating_add_seconds(length)),
        time_zone: vienna(),
        project_id: Some(projects[(index + usize::from(member.as_bytes()[14])) % projects.len()]),
        note: Note::new("Reviewed the drawings of the engine").expect("a note of the benchmark is one"),
        tags: Labels::default(),
        billable: index.is_multiple_of(2),
    };
    Entry::new(EntryId::starting_at(start, random), member, EntrySource::Import, draft, now)
}
