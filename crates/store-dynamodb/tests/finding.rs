//! Somebody else's entry is found whatever the index shows: that it is not found is never the index's word.

mod support;

use std::sync::Arc;

use aws_sdk_dynamodb::types::AttributeValue;
use support::faults::{Fault, Faults};
use vibesheets_core::{
    Entry, EntryId, Labels, Member, Note, Role,
    actions::{
        ActionError, Caller, Command, Refusal,
        entries::{EntryRequest, delete_entry, edit_entry, entry_history, find_entry, restore_entry},
        once,
    },
    store::{Answer, Store, Timesheets},
};
use vibesheets_store_contract::support::{Lab, TestOrganisation, instant};
use vibesheets_store_dynamodb::{
    DynamoDbStore, Location,
    keys::{SHARDS, Table},
};

/// More than are asked about in one request.
const MEMBERS: usize = 70;

struct World {
    location: Location,
    exact: DynamoDbStore,
    lab: Lab,
    team: TestOrganisation,
    manager: Caller,
}

impl World {
    async fn new(members: usize) -> Self {
        let location = support::new_location();
        let exact = support::store_at(&location, None).await;
        exact.create_tables().await.expect("the tables are made");
        let lab = Lab::default();
        let team = lab.found(&exact, members).await;
        let manager = Member { role: Role::Manager, ..(*team.members[0].member).clone() };
        let manager = Caller { member: Arc::new(manager), ..team.members[0].clone() };
        Self { location, exact, lab, team, manager }
    }

    async fn whose_index_is_stale(&self) -> DynamoDbStore {
        support::store_at(&self.location, Some(Faults::always(Fault::StaleIndex).client())).await
    }

    /// From eight to twelve, of the last member.
    async fn entry(&self) -> Entry {
        let member = self.team.members.last().expect("a member");
        let entry = self.lab.entry(member.member.id, "2026-03-01T08:00:00Z", Some("2026-03-01T12:00:00Z"));
        self.lab.add(&self.exact, &self.team.scope(), &[entry]).await.remove(0)
    }

    async fn edit(
        &self,
        store: &dyn Store,
        caller: &Caller,
        entry: &Entry,
        start: &str,
    ) -> Result<Answer, ActionError> {
        let request = EntryRequest {
            start: instant(start),
            end: Some(instant("2026-03-01T14:00:00Z")),
            time_zone: None,
            project_id: None,
            note: Note::empty(),
            tags: Labels::default(),
            billable: None,
        };
        let (context, command) = (self.lab.context(store), self.lab.command());
        let edit = edit_entry(context, caller, command, entry.id, entry.version, &request, render);
        once(context, caller, command, edit).await
    }
}

fn render(entry: &Entry) -> Answer {
    Answer(format!("{entry:?}").into_bytes())
}

async fn delete(
    lab: &Lab,
    store: &dyn Store,
    caller: &Caller,
    command: Command,
    entry: &Entry,
) -> Result<Answer, ActionError> {
    let context = lab.context(store);
    once(context, caller, command, delete_entry(context, caller, command, entry.id, entry.version, render))
        .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manager_edits_deletes_restores_and_reads_a_members_entry_whatever_the_index_shows() {
    let world = World::new(MEMBERS).await;
    let (stale, lab, manager) = (world.whose_index_is_stale().await, &world.lab, &world.manager);
    let made = world.entry().await;
    let found = async || find_entry(lab.context(&stale), manager, made.id).await.expect("it is found");
    assert_eq!(found().await, made);
    // In another place than the one that its id tells.
    world.edit(&stale, manager, &made, "2026-03-01T13:00:00Z").await.expect("it is edited");
    let edited = found().await;
    assert_eq!((edited.version, edited.start), (2, instant("2026-03-01T13:00:00Z")));
    delete(lab, &stale, manager, lab.command(), &edited).await.expect("it is deleted");
    assert!(found().await.deleted);
    let (context, command) = (lab.context(&stale), lab.command());
    let restored = restore_entry(context, manager, command, made.id, render);
    once(context, manager, command, restored).await.expect("it is restored");
    assert_eq!((found().await.version, found().await.deleted), (4, false));
    let history = entry_history(lab.context(&stale), manager, made.id).await.expect("a history");
    assert_eq!((history.records.len(), history.verified), (4, true));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manager_ends_a_members_open_entry_whatever_the_index_shows() {
    let world = World::new(3).await;
    let stale = world.whose_index_is_stale().await;
    let open = world.lab.entry(world.team.member(2), "2026-03-01T08:00:00Z", None);
    let open = world.lab.add(&world.exact, &world.team.scope(), &[open]).await.remove(0);
    world.edit(&stale, &world.manager, &open, "2026-03-01T08:00:00Z").await.expect("it is ended");
    let ended = find_entry(world.lab.context(&stale), &world.manager, open.id).await.expect("it is found");
    assert_eq!((ended.version, ended.end), (2, Some(instant("2026-03-01T14:00:00Z"))));
}

/// As after a member's partition was restored from a backup: the index shows an entry where none is, and not where it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_index_that_names_the_wrong_member_does_not_hide_an_entry() {
    let world = World::new(3).await;
    let entry = world.entry().await;
    let scope = world.team.scope();
    let found = async || world.exact.find_entry(&scope, None, entry.id).await;
    let sort = format!("{:010}#{}", entry.start.unix_seconds(), entry.id);
    support::hide_from_index(&world.location, &scope, entry.member_id, &format!("ENTRY#{sort}")).await;
    assert_eq!(found().await, Ok(Some(entry.clone())), "in no index");
    let shard = world.team.member(1).as_bytes()[15] % SHARDS;
    let text = |text: String| AttributeValue::S(text);
    let wrong = support::client()
        .put_item()
        .table_name(world.location.table_name(Table::TimeEntries))
        .item("member", text(format!("{}/{}", scope.organisation, world.team.member(1))))
        .item("item", text("ENTRY#0000000000#planted".to_owned()))
        .item("organisation_shard", text(format!("{}#{shard}", scope.organisation)))
        .item("start_id", text(sort));
    wrong.send().await.expect("it is planted");
    assert_eq!(found().await, Ok(Some(entry.clone())));
}

/// Whatever the index says, what is nobody's is nobody's; and who may see their own time alone asks nobody else's partition.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_entry_that_nobody_has_is_not_found() {
    let world = World::new(3).await;
    let unknown = EntryId::starting_at(instant("2026-03-01T08:00:00Z"), &world.lab.random);
    let not_found = Err(ActionError::Refused(Refusal::NotFound("entry")));
    let context = world.lab.context(&world.exact);
    assert_eq!(find_entry(context, &world.manager, unknown).await, not_found);
    let others = world.entry().await;
    let faults = Faults::none();
    let store = support::store_at(&world.location, Some(faults.client())).await;
    for id in [unknown, others.id] {
        faults.begin();
        let found = find_entry(world.lab.context(&store), &world.team.members[0], id).await;
        assert_eq!(found, not_found);
        assert_eq!(faults.requests(), 2, "a batch, and one that waits for a transaction");
    }
}
