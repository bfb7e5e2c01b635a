//! A store, a file, and what is in the store.

use std::sync::{Arc, Mutex};

use vibesheets_core::{
    CommandId, Import, ImportId,
    actions::{
        ActionError, Caller, Command, Context,
        import::{ImportRequest, Progress, UndoneImport, import, list, undo},
    },
    import::{ImportReport, OverlapPolicy},
    journal::{ChainVerifier, Hash, StreamId},
    store::{Answer, Store},
    time::Zone,
};
use vibesheets_store_contract::support::TestOrganisation;
use vibesheets_store_sqlite::{Options, SqliteStore};

pub fn store() -> Arc<dyn Store> {
    let location = "sqlite::memory:".parse().expect("a location");
    Arc::new(SqliteStore::open(&location, &Options::default()).expect("a store"))
}

/// Three people, one of them with a night over the autumn change and one with rows in each other's way.
pub fn file() -> String {
    let mut text = "User,Email,Client,Project,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n".to_owned();
    for day in 1..=28 {
        text.push_str(&format!("Ada,ada@example.com,ACME,Site,early {day},Yes,2025-10-{day:02},08:00:00,2025-10-{day:02},12:00:00,04:00:00,deep\n"));
        text.push_str(&format!("Ada,ada@example.com,ACME,Site,late {day},Yes,2025-10-{day:02},13:00:00,2025-10-{day:02},17:00:01,04:00:01,\n"));
    }
    text.push_str("Bob,,ACME,Ops,night,No,2025-10-25,22:00:00,2025-10-26,06:00:00,09:00:00,\"deep,night\"\n");
    text.push_str("Bob,,,Inner,,No,2025-10-26,05:00:00,2025-10-26,07:00:00,02:00:00,\n");
    text.push_str("Cy,,,,,No,2025-10-26,05:00:00,2025-10-26,07:00:00,99:00:00,\n");
    text
}

pub const ROWS: u64 = 56 + 2;
pub const SECONDS: i64 = 28 * (4 * 3600 + 4 * 3600 + 1) + 9 * 3600 + 3600;

pub fn request(bytes: &[u8]) -> ImportRequest<'_> {
    ImportRequest {
        bytes,
        file_name: "toggl.csv",
        source: None,
        time_zone: Zone::named("Europe/Vienna").expect("a zone"),
        date_order: None,
        overlaps: OverlapPolicy::Trim,
        dry_run: false,
    }
}

/// A command whose id nobody was told, so that no answer is kept.
fn unnamed(context: Context<'_>) -> Command {
    let id = CommandId::generate(context.time.now(), context.random);
    Command { id, digest: Hash::ZERO, may_be_repeated: false }
}

/// Imports, and gives the report instead of the answer that is made of it.
pub async fn bring(
    context: Context<'_>,
    caller: &Caller,
    request: &ImportRequest<'_>,
    progress: Progress<'_>,
) -> Result<ImportReport, ActionError> {
    let told = Mutex::new(None);
    let render = |report| {
        *told.lock().expect("no panic") = Some(report);
        Answer(Vec::new())
    };
    import(context, caller, unnamed(context), request, render, progress).await?;
    Ok(told.into_inner().expect("no panic").expect("a report"))
}

pub async fn run(
    context: Context<'_>,
    organisation: &TestOrganisation,
    text: &str,
) -> Result<ImportReport, ActionError> {
    bring(context, &organisation.owner, &request(text.as_bytes()), &|_, _| {}).await
}

pub async fn take_out(
    context: Context<'_>,
    organisation: &TestOrganisation,
    id: ImportId,
) -> Result<UndoneImport, ActionError> {
    let render =
        |undone: UndoneImport| Answer(serde_json::to_vec(&undone).expect("two numbers are always JSON"));
    let answer = undo(context, &organisation.owner, unnamed(context), id, render, &|_, _| {}).await?;
    Ok(serde_json::from_slice(&answer.0).expect("what was rendered"))
}

/// Live entries, their seconds, and how many records there are; every chain is verified on the way.
pub async fn state(store: &dyn Store, organisation: &TestOrganisation) -> (u64, i64, u64) {
    let scope = organisation.scope();
    let directory = store.load_directory(&scope).await.expect("read").expect("there");
    let mut streams = vec![StreamId::Organisation(scope.organisation)];
    let mut totals = (0, 0, 0);
    for member in &directory.members {
        streams.push(StreamId::Member(scope.organisation, member.id));
        let entries = store.list_member_entries(&scope, member.id, None, 10_000).await.expect("read");
        let mut live: Vec<_> = entries.iter().filter(|entry| !entry.deleted).collect();
        live.sort_by_key(|entry| entry.start);
        for pair in live.windows(2) {
            assert!(!pair[0].span().expect("a span").overlaps(pair[1].span().expect("a span")), "I2");
        }
        totals.0 += live.len() as u64;
        totals.1 += live.iter().filter_map(|entry| entry.seconds()).sum::<i64>();
    }
    for stream in streams {
        let mut chain = ChainVerifier::default();
        for stored in store.read_stream(stream, 0, 10_000).await.expect("read") {
            chain.check(&stored.record, stored.payload.as_ref()).expect("a sound chain");
        }
        totals.2 += chain.head().seq;
    }
    totals
}

pub async fn only_import(context: Context<'_>, organisation: &TestOrganisation) -> Import {
    let imports = list(context, &organisation.owner).await.expect("listed");
    let [only] = imports.as_slice() else { panic!("{imports:?}") };
    only.clone()
}
