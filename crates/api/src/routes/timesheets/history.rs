//! An entry's life.

use axum::{extract::State, response::Response};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use vibesheets_core::{
    CommandId, EntryId, MemberId,
    actions::{
        Caller,
        entries::{EntryHistory, HistoryRecord, entry_history},
    },
    journal::{Actor, Hash},
    store::{Directory, StoreError},
};

use crate::{ApiState, answer, auth::Authenticated, dto::EntryDto, extract::Id, problem::Problem};

/// An entry's journal records, and the chain they lie in.
#[derive(Debug, Serialize, ToSchema)]
pub struct History {
    /// The newest first.
    records: Vec<HistoryRecordDto>,
    chain: Chain,
}

/// One change.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HistoryRecord)]
pub struct HistoryRecordDto {
    /// The stream that the record lies in.
    stream: String,
    /// Its number in the stream.
    seq: u64,
    /// The server's time.
    #[schema(value_type = String, format = DateTime)]
    time: Timestamp,
    actor: HistoryActor,
    /// What was done.
    #[schema(example = "clock.in")]
    operation: &'static str,
    /// The command that asked for it.
    #[schema(value_type = String, format = "uuid")]
    command_id: CommandId,
    /// The device's own time of a punch, where it sent one.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    device_time: Option<Timestamp>,
    /// Null where the record made the entry.
    #[schema(required)]
    before: Option<EntryDto>,
    /// Null where the data was erased.
    #[schema(required)]
    after: Option<EntryDto>,
    /// The salted SHA-256 of the change.
    #[schema(value_type = String)]
    digest: Hash,
    /// The hash of the record before it.
    #[schema(value_type = String)]
    previous: Hash,
    /// The SHA-256 of the record.
    #[schema(value_type = String)]
    hash: Hash,
}

/// Who made a change.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryActor {
    /// Null for the program itself.
    #[schema(value_type = Option<String>, format = "uuid", required)]
    member_id: Option<MemberId>,
    #[schema(example = "Ada Lovelace")]
    name: String,
}

/// The stream's chain.
#[derive(Debug, Serialize, ToSchema)]
pub struct Chain {
    stream: String,
    /// The number of its last record.
    head_seq: u64,
    /// The hash of its last record.
    #[schema(value_type = String)]
    head_hash: Hash,
    /// Whether it was just verified from its first record to its last.
    verified: bool,
}

/// An entry's history
///
/// Who, when, from what to what; the chain is verified for the answer.
#[utoipa::path(
    get,
    path = "/timesheets/{id}/history",
    operation_id = "show_entry_history",
    tag = "timesheets",
    params(("id" = String, Path, format = "uuid")),
    responses((status = 200, description = "The history.", body = History)),
)]
pub async fn show(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Id(id): Id<EntryId>,
) -> Result<Response, Problem> {
    let history = entry_history(state.context(), &caller, id).await?;
    let directory = directory(&state, &caller).await?;
    Ok(answer::json(&History::new(history, &directory)))
}

async fn directory(state: &ApiState, caller: &Caller) -> Result<Directory, Problem> {
    let directory = state.store.load_directory(&caller.scope()).await?;
    directory.ok_or_else(|| {
        let key = caller.organisation.id.to_string();
        StoreError::Corrupt { what: "organisation", key }.into()
    })
}

impl History {
    fn new(history: EntryHistory, directory: &Directory) -> Self {
        let records =
            history.records.into_iter().map(|record| HistoryRecordDto::new(record, directory)).collect();
        let chain = Chain {
            stream: history.stream.to_string(),
            head_seq: history.head.seq,
            head_hash: history.head.hash,
            verified: history.verified,
        };
        Self { records, chain }
    }
}

impl HistoryRecordDto {
    fn new(history: HistoryRecord, directory: &Directory) -> Self {
        let HistoryRecord { record, device_time, before, after } = history;
        Self {
            stream: record.stream.to_string(),
            seq: record.seq,
            time: record.time,
            actor: HistoryActor::new(record.actor, directory),
            operation: record.operation.as_str(),
            command_id: record.command,
            device_time,
            before: before.as_ref().map(EntryDto::from),
            after: after.as_ref().map(EntryDto::from),
            digest: record.digest,
            previous: record.previous,
            hash: record.hash,
        }
    }
}

impl HistoryActor {
    /// A member sees the name of whoever changed their time, even where they may not list members.
    fn new(actor: Actor, directory: &Directory) -> Self {
        let member_id = match actor {
            Actor::Member(id) => Some(id),
            Actor::Account(id) => {
                directory.members.iter().find(|member| member.account == Some(id)).map(|member| member.id)
            }
            Actor::System => None,
        };
        let member = directory.members.iter().find(|member| Some(member.id) == member_id);
        let name = member.map_or_else(|| "VibeSheets".to_owned(), |member| member.name.to_string());
        Self { member_id, name }
    }
}
