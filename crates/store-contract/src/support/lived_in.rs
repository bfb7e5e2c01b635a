//! A store with a past: whatever copies stores must bring all of it.

use vibesheets_core::{
    CommandId, Email,
    actions::{
        Command,
        entries::delete_entry,
        import::{ImportRequest, UndoneImport, import, undo},
    },
    import::{ImportReport, OverlapPolicy},
    journal::StreamId,
    store::{Answer, EntryCursor, Store},
    time::Zone,
};

use super::{Lab, TestOrganisation, changed};
use crate::differential::takes_random_actions;

/// Seeds of the random actions, then of what comes after them: ids must differ.
const SEEDS: [u64; 5] = [1, 2, 3, 40, 41];

/// Seven organisations with some hundred records: sign-ups, random actions with repeats, edits, deletions, restorations
/// and refusals; addresses that changed hands; an import that was undone and brought in again; notes with odd characters.
///
/// # Panics
/// Where the store refuses.
pub async fn live_in(store: &dyn Store) {
    let [first, second, third, hands, imports] = SEEDS;
    for seed in [first, second, third] {
        takes_random_actions(store, seed, 120).await;
    }
    addresses_change_hands(store, &Lab::new(hands)).await;
    an_import_comes_and_goes(store, &Lab::new(imports)).await;
}

/// One gives an address up, another takes it, and the first takes the other's.
async fn addresses_change_hands(store: &dyn Store, lab: &Lab) {
    let teams = [lab.found(store, 0).await, lab.found(store, 0).await];
    let mut accounts = teams.map(|team| team.account);
    let [one, other] = [accounts[0].email.clone(), accounts[1].email.clone()];
    let free = Email::new("free@example.com").expect("an address");
    for (index, email) in [(0, free), (1, one), (0, other)] {
        lab.time.advance(60);
        let before = accounts[index].clone();
        let mut after = before.clone();
        (after.email, after.version) = (email, before.version + 1);
        let head = store.head(StreamId::Account(before.id)).await.expect("a head");
        let (append, revision) = lab.account_write(head, changed(&before, after.clone()));
        store.write_account(append, revision).await.expect("it changes");
        accounts[index] = after;
    }
}

async fn an_import_comes_and_goes(store: &dyn Store, lab: &Lab) {
    let team = lab.found(store, 1).await;
    let (context, owner) = (lab.context(store), &team.owner);
    let id = bring(store, lab, &team).await;
    lab.time.advance(60);
    let command = Command { may_be_repeated: false, ..lab.command() };
    let out = |_: UndoneImport| Answer(Vec::new());
    undo(context, owner, command, id, out, &|_, _| {}).await.expect("it goes");
    lab.time.advance(60);
    assert_eq!(bring(store, lab, &team).await, id);
    let directory = store.load_directory(&team.scope()).await.expect("read").expect("there");
    for member in directory.members {
        let after: Option<EntryCursor> = None;
        let entries = store.list_member_entries(&team.scope(), member.id, after, 1).await.expect("entries");
        let Some(entry) = entries.into_iter().find(|entry| !entry.deleted) else { continue };
        let answer = |_: &_| Answer(vec![0xFF, 0x00, b'\n']);
        delete_entry(context, owner, lab.command(), entry.id, entry.version, answer).await.expect("deleted");
    }
}

/// Forty-five nights and days of two people who have no sign-in.
async fn bring(store: &dyn Store, lab: &Lab, team: &TestOrganisation) -> vibesheets_core::ImportId {
    let mut text = "User,Email,Client,Project,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n".to_owned();
    for day in 1..=28 {
        text.push_str(&format!(
            "Ada,ada@example.com,ACME,Site,\"=1+1 \u{202E}\\ \"\"{day}\"\" \u{1F469}\u{200D}\u{1F527}\u{2028}\n\tend\",Yes,2025-10-{day:02},08:00:00,2025-10-{day:02},12:00:00,04:00:00,deep\n"
        ));
        text.push_str(&format!(
            "Bob,,ACME,Ops,Nachtschicht {day},No,2025-10-{day:02},22:00:00,2025-10-{:02},05:59:59,,\"deep,night\"\n",
            day + 1
        ));
    }
    let request = ImportRequest {
        bytes: text.as_bytes(),
        file_name: "toggl.csv",
        source: None,
        time_zone: Zone::named("Europe/Vienna").expect("a zone"),
        date_order: None,
        overlaps: OverlapPolicy::Trim,
        dry_run: false,
    };
    let told = std::sync::Mutex::new(None);
    let render = |report: ImportReport| {
        *told.lock().expect("no panic") = Some(report.import_id);
        Answer(report.import_id.to_string().into_bytes())
    };
    let command = Command { id: CommandId::generate(lab.now(), &lab.random), ..lab.command() };
    import(lab.context(store), &team.owner, command, &request, render, &|_, _| {})
        .await
        .expect("it comes in");
    told.into_inner().expect("no panic").expect("a report")
}
