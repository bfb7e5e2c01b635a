//! A record is seen while what its transaction wrote besides is still seen as it was. Nothing is decided on that, and nothing
//! shown.

mod support;

use std::sync::Arc;

use support::torn::Torn;
use vibesheets_core::{
    Entry, Label, Labels, Note, RandomSource, Tag, TagId,
    actions::{
        ActionError, Caller, ClockAction, ClockRequest, Command, Refusal, clock,
        entries::{EntryRequest, create_entry, edit_entry, restore_entry},
        once, status,
    },
    audit::audit,
    journal::{DirectoryChange, Head},
    store::{
        Answer, AppliedCommand, AppliedCommands, JournalReader, Organisations, Store, TimesheetQuery,
        TimesheetWrite, Timesheets,
    },
    time::DateRange,
};
use vibesheets_store_contract::{
    steps::{FailingOnce, each_step_has_one_effect_whatever_call_fails},
    support::{Lab, TestOrganisation, instant, new},
};
use vibesheets_store_dynamodb::{DynamoDbStore, Location};

/// Requests that see the record alone: more than a decision takes.
const MOST_REQUESTS: usize = 12;
/// Where every step is taken each time.
const MOST_REQUESTS_A_STEP: usize = 6;

/// A store, and others that see of its last transaction the record alone.
struct Rig {
    location: Location,
    torn: Arc<Torn>,
    exact: DynamoDbStore,
}

impl Rig {
    async fn new() -> Self {
        let (location, torn) = (support::new_location(), Torn::new(1));
        let exact = support::store_at(&location, Some(torn.notes())).await;
        exact.create_tables().await.expect("the tables are made");
        Self { location, torn, exact }
    }

    async fn that_sees_the_record_alone(&self, requests: usize) -> DynamoDbStore {
        support::store_at(&self.location, Some(self.torn.sees_the_record_alone(requests))).await
    }
}

fn request(start: &str, end: &str) -> EntryRequest {
    EntryRequest {
        start: instant(start),
        end: Some(instant(end)),
        time_zone: None,
        project_id: None,
        note: Note::empty(),
        tags: Labels::default(),
        billable: None,
    }
}

fn render(entry: &Entry) -> Answer {
    Answer(format!("{entry:?}").into_bytes())
}

async fn create(
    lab: &Lab,
    store: &dyn Store,
    caller: &Caller,
    command: Command,
) -> Result<Answer, ActionError> {
    let (context, request) = (lab.context(store), request("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z"));
    once(context, caller, command, create_entry(context, caller, command, None, &request, render)).await
}

async fn clock_in(
    lab: &Lab,
    store: &dyn Store,
    caller: &Caller,
    command: Command,
) -> Result<Answer, ActionError> {
    let (project_id, note, tags, billable, at) = (None, None, None, None, None);
    let request = ClockRequest { action: ClockAction::In, project_id, note, tags, billable, at };
    let context = lab.context(store);
    let pressed = clock(context, caller, command, &request, |entry, _| render(entry));
    once(context, caller, command, pressed).await
}

/// How an entry comes to stand at nine.
#[derive(Debug, Clone, Copy)]
enum Way {
    Made,
    Moved,
    Restored,
}

async fn stands_at_nine(lab: &Lab, store: &DynamoDbStore, team: &TestOrganisation, way: Way) {
    let (caller, command) = (&team.members[0], lab.command());
    let context = lab.context(store);
    let start = if matches!(way, Way::Moved) { "2026-03-01T09:00:00Z" } else { "2026-03-02T09:00:00Z" };
    let end = start.replace("T09", "T10");
    let entry =
        Entry { deleted: matches!(way, Way::Restored), ..lab.entry(team.member(0), start, Some(&end)) };
    let done = match way {
        Way::Made => create(lab, store, caller, command).await,
        Way::Moved => {
            let entry = lab.add(store, &team.scope(), &[entry]).await.remove(0);
            let to = request("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z");
            let edit = edit_entry(context, caller, command, entry.id, entry.version, &to, render);
            once(context, caller, command, edit).await
        }
        Way::Restored => {
            let entry = lab.add(store, &team.scope(), &[entry]).await.remove(0);
            once(context, caller, command, restore_entry(context, caller, command, entry.id, render)).await
        }
    };
    done.expect("nothing is in the way");
}

/// I2: whichever reads see the record alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_entry_whose_record_is_seen_first_is_in_the_way_all_the_same() {
    let rig = Rig::new().await;
    for (way, first_seed) in [(Way::Made, 0), (Way::Moved, 1000), (Way::Restored, 2000)] {
        for requests in 0..MOST_REQUESTS {
            let lab = Lab::new(first_seed + requests as u64);
            let team = lab.found(&rig.exact, 1).await;
            stands_at_nine(&lab, &rig.exact, &team, way).await;
            let store = rig.that_sees_the_record_alone(requests).await;
            let (caller, command) = (&team.members[0], lab.command());
            let outcome = create(&lab, &store, caller, command).await;
            let is_refused = matches!(outcome, Err(ActionError::Refused(Refusal::Overlap(_))));
            assert!(is_refused, "{way:?}, {requests} requests: {outcome:?}");
            let store = rig.that_sees_the_record_alone(requests).await;
            let outcome = clock_in(&lab, &store, caller, command).await;
            let is_refused = matches!(outcome, Err(ActionError::Refused(Refusal::Overlap(_))));
            assert!(is_refused, "{way:?}, {requests} requests: {outcome:?}");
        }
    }
    assert_eq!(audit(&rig.exact, &|_| ()).await.expect("an audit").findings, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_step_beside_a_record_that_is_seen_alone_has_one_effect() {
    let Rig { location, torn, exact } = Rig::new().await;
    let exact: Arc<dyn Store> = Arc::new(exact);
    let mut stores = Vec::new();
    for requests in 0..=MOST_REQUESTS_A_STEP {
        let http = torn.sees_the_record_alone(requests);
        stores.push(Arc::new(support::store_at(&location, Some(http)).await));
    }
    let failing = |requests: usize| -> FailingOnce {
        torn.begin();
        let (store, torn) = (Arc::clone(&stores[requests]), Arc::clone(&torn));
        (store, Box::new(move || requests < MOST_REQUESTS_A_STEP && torn.requests() > requests))
    };
    let failed = each_step_has_one_effect_whatever_call_fails(&exact, "the record alone", 1, failing).await;
    println!("{failed} times");
    assert_eq!(audit(&*exact, &|_| ()).await.expect("an audit").findings, []);
}

/// So that whoever sees a record need not ask after those before it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_is_written_only_once_all_of_the_one_before_it_is_seen() {
    let rig = Rig::new().await;
    let lab = Lab::default();
    let team = lab.found(&rig.exact, 1).await;
    stands_at_nine(&lab, &rig.exact, &team, Way::Made).await;
    let store = rig.that_sees_the_record_alone(8).await;
    let entry = lab.entry(team.member(0), "2026-03-02T11:00:00Z", Some("2026-03-02T12:00:00Z"));
    lab.write_entries(&store, &team.scope(), team.member(0), vec![new(entry)]).await.expect("it is taken");
    assert!(rig.torn.requests() > 8, "written at request {}", rig.torn.requests());

    lab.write_nouns(&rig.exact, &team.scope(), vec![tag(&lab, "one")]).await.expect("it is taken");
    let store = rig.that_sees_the_record_alone(8).await;
    lab.write_nouns(&store, &team.scope(), vec![tag(&lab, "other")]).await.expect("it is taken");
    assert!(rig.torn.requests() > 8, "written at request {}", rig.torn.requests());
}

fn tag(lab: &Lab, name: &str) -> DirectoryChange {
    let id = TagId::generate(lab.now(), &lab.random);
    DirectoryChange::Tag(new(Tag {
        id,
        name: Label::new(name).expect("a label"),
        archived: false,
        version: 1,
    }))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_directory_holds_what_its_head_tells() {
    let rig = Rig::new().await;
    for requests in 0..MOST_REQUESTS {
        let lab = Lab::new(1 + requests as u64);
        let team = lab.found(&rig.exact, 0).await;
        lab.write_nouns(&rig.exact, &team.scope(), vec![tag(&lab, "one")]).await.expect("it is taken");
        let store = rig.that_sees_the_record_alone(requests).await;
        let directory = store.load_directory(&team.scope()).await.expect("read").expect("a directory");
        assert_eq!(directory.tags.len(), 1, "{requests} requests, at record {}", directory.head.seq);
    }
}

/// Days that are too old to stand beside the head are read from the entries.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn old_days_count_what_their_head_tells() {
    let rig = Rig::new().await;
    let lab = Lab::default();
    let team = lab.found(&rig.exact, 1).await;
    let days = (1..=31).map(|day| format!("2026-01-{day:02}T09:00:00Z"));
    let entries: Vec<Entry> =
        days.map(|day| lab.entry(team.member(0), &day, Some(&day.replace("T09", "T10")))).collect();
    lab.add(&rig.exact, &team.scope(), &entries).await;
    let first = DateRange {
        first: "2026-01-01".parse().expect("a date"),
        last: "2026-01-01".parse().expect("a date"),
    };
    let query =
        TimesheetQuery { member: team.member(0), overlapping: None, entries: Vec::new(), days: Some(first) };
    for requests in 0..MOST_REQUESTS {
        let start = format!("2026-01-01T11:{requests:02}:00Z");
        let entry = lab.entry(team.member(0), &start, Some(&start.replace(":00Z", ":01Z")));
        lab.add(&rig.exact, &team.scope(), &[entry]).await;
        let store = rig.that_sees_the_record_alone(requests).await;
        let timesheet = store.load_timesheet(&team.scope(), &query).await.expect("a timesheet");
        assert_eq!(timesheet.days[0].seconds, 3600 + timesheet.head.seq as i64 - 31, "{requests} requests");
    }
}

/// I4: it was applied, and its answer is the last thing to be seen of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_is_not_refused_for_what_the_command_itself_did() {
    let rig = Rig::new().await;
    for requests in 0..MOST_REQUESTS {
        let lab = Lab::new(1 + requests as u64);
        let team = lab.found(&rig.exact, 1).await;
        let (caller, command) = (&team.members[0], lab.command());
        let answer = create(&lab, &rig.exact, caller, command).await.expect("it is made");
        rig.torn.keep(|sort| sort == "000");
        let store = rig.that_sees_the_record_alone(requests).await;
        let again = create(&lab, &store, caller, command).await;
        assert_eq!(again, Ok(answer), "{requests} requests");
    }
}

/// A copy may find the answer before anything else of the command is seen.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_told_the_answer_sees_what_it_tells() {
    let rig = Rig::new().await;
    for requests in 0..MOST_REQUESTS {
        let lab = Lab::new(1 + requests as u64);
        let team = lab.found(&rig.exact, 1).await;
        let (caller, command) = (&team.members[0], lab.command());
        let answer = clock_in(&lab, &rig.exact, caller, command).await.expect("the button works");
        rig.torn.keep(|sort| sort != "000");
        let store = rig.that_sees_the_record_alone(requests).await;
        assert_eq!(clock_in(&lab, &store, caller, command).await, Ok(answer), "{requests} requests");
        let shown = status(lab.context(&store), caller).await.expect("a status");
        assert!(shown.entry.is_some(), "{requests} requests");
    }
}

/// It is gone from one place, and neither seen in the other nor said to be there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_entry_that_is_just_moved_is_found() {
    let rig = Rig::new().await;
    for requests in 0..MOST_REQUESTS {
        let lab = Lab::new(1 + requests as u64);
        let team = lab.found(&rig.exact, 1).await;
        stands_at_nine(&lab, &rig.exact, &team, Way::Moved).await;
        rig.torn.keep(|sort| sort.starts_with("AT#") || sort.starts_with("ENTRY#1772442000#"));
        let own = team.members[0].scope();
        let listed = rig.exact.list_member_entries(&own, team.member(0), None, 10).await.expect("listed");
        let entry = &listed[0];
        // Whom the index tells nothing asks every member.
        for sort in [format!("AT#{}", entry.id), format!("ENTRY#1772442000#{}", entry.id)] {
            support::hide_from_index(&rig.location, &own, entry.member_id, &sort).await;
        }
        for scope in [own, team.scope()] {
            let store = rig.that_sees_the_record_alone(requests).await;
            let found = store.find_entry(&scope, None, entry.id).await;
            assert_eq!(found.as_ref().map(Option::as_ref), Ok(Some(entry)), "{scope:?}, {requests} requests");
        }
    }
}

/// More than an item holds, and nothing that could be packed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_lies_in_several_items_is_read_again_where_one_is_not_seen_yet() {
    let rig = Rig::new().await;
    for (number, unseen) in ["000", "001", "PART#000000000001#000"].into_iter().enumerate() {
        let lab = Lab::new(1 + number as u64);
        let team = lab.found(&rig.exact, 1).await;
        let (scope, member) = (team.scope(), team.member(0));
        let mut bytes = vec![0; 800_000];
        lab.random.fill(&mut bytes);
        let applied = AppliedCommand { answer: Answer(bytes), ..lab.applied("") };
        let entries = (0..40).map(|minute| {
            let start = format!("2026-03-02T09:{minute:02}:00Z");
            new(lab.entry(member, &start, Some(&start)))
        });
        let write = lab.timesheet_write(&scope, member, Head::EMPTY, entries.collect());
        let write = TimesheetWrite { applied: Some(applied.clone()), ..write };
        let payload = Some(write.append.payload.clone());
        rig.exact.write_timesheet(&scope, write).await.expect("it is taken");
        rig.torn.keep(|sort| sort == unseen);
        let store = rig.that_sees_the_record_alone(1).await;
        let record = store.find_record(team.member_stream(0), 1).await.expect("it is whole");
        assert_eq!(record.expect("a record").payload, payload, "{unseen}");
        let store = rig.that_sees_the_record_alone(1).await;
        assert_eq!(store.find_applied(&scope, applied.id).await, Ok(Some(applied)), "{unseen}");
    }
}
