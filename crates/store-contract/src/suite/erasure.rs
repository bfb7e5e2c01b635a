//! Erasing a member.

use vibesheets_core::{
    Account, Member, MemberId, Name, Note, Role,
    actions::{ActionError, ClockAction, Command, Refusal, erasure::erase_again, once},
    audit::audit,
    journal::{
        Append, DirectoryChange, Head, Operation, PayloadBody, Record, RecordDraft, Revision, StreamId,
    },
    store::{AppliedCommand, EntryQuery, Erasure, Scope, Store, StoreError, Taken, TimesheetQuery},
    time::DateRange,
};

use super::races::press;
use crate::support::{Lab, TestOrganisation, changed, new};

/// An organisation whose first member signs in, clocked and was renamed by the owner.
struct World {
    team: TestOrganisation,
    account: Account,
    member: Member,
}

async fn world(lab: &Lab, store: &dyn Store) -> World {
    let team = lab.found(store, 2).await;
    let account = lab.account();
    let before = (*team.members[0].member).clone();
    let (append, revision) = lab.account_write(Head::EMPTY, new(account.clone()));
    store.write_account(append, revision).await.expect("an account");
    let member = Member {
        account: Some(account.id),
        email: Some(account.email.clone()),
        name: Name::new("Mia Muster").expect("a name"),
        version: 2,
        ..before.clone()
    };
    let change = DirectoryChange::Member(changed(&before, member.clone()));
    lab.write_nouns(store, &team.scope(), vec![change]).await.expect("a sign-in");
    for (index, hour) in [(0, 8), (0, 9), (1, 8)] {
        let start = format!("2026-03-02T{hour:02}:00:00Z");
        let mut entry = lab.entry(team.member(index), &start, Some(&format!("2026-03-02T{hour:02}:30:00Z")));
        entry.note = Note::new("private words").expect("a note");
        lab.add(store, &team.scope(), &[entry]).await;
    }
    let head = store.head(team.member_stream(0)).await.expect("a head");
    let mut write = lab.timesheet_write(&team.scope(), team.member(0), head, vec![]);
    let applied = lab.applied("an answer that says Mia Muster");
    write.append = Append::after(
        head,
        team.member_stream(0),
        RecordDraft {
            command: applied.id,
            applied: Some(applied.hash()),
            ..lab.draft(&team.scope(), Operation::EntryEdit)
        },
        &PayloadBody::Entries(write.change.clone()),
        &lab.random,
    );
    write.applied = Some(applied);
    store.write_timesheet(&team.scope(), write).await.expect("kept");
    World { team, account, member }
}

async fn findings(store: &dyn Store) -> Vec<String> {
    let audit = audit(store, &|_| ()).await.expect("an audit");
    audit.findings.into_iter().map(|finding| finding.to_string()).collect()
}

/// All that the journal says, as text.
async fn journal(store: &dyn Store, streams: &[StreamId]) -> String {
    let mut text = String::new();
    for stream in streams {
        for stored in store.read_stream(*stream, 0, 1000).await.expect("records") {
            let body = stored.payload.map(|payload| payload.body).unwrap_or_default();
            text.push_str(&String::from_utf8_lossy(&body));
        }
    }
    text
}

fn whole_of(member: MemberId) -> EntryQuery {
    let day = |text: &str| text.parse().expect("a date");
    let range = DateRange { first: day("2026-01-01"), last: day("2026-12-31") };
    EntryQuery { range, member: Some(member), projects: None }
}

pub async fn an_erased_member_is_gone_and_the_store_is_proven(store: &dyn Store) {
    let lab = Lab::default();
    let World { team, account, member } = world(&lab, store).await;
    let streams = [team.stream(), team.member_stream(0), StreamId::Account(account.id)];
    let mut heads = Vec::new();
    for stream in streams {
        heads.push(store.head(stream).await.expect("a head"));
    }
    assert_eq!(findings(store).await, [""; 0]);
    assert!(journal(store, &streams).await.contains("Mia Muster"));
    erase_again(lab.context(store), team.organisation.id, member.id).await.expect("erased");
    assert_eq!(findings(store).await, [""; 0]);

    let text = journal(store, &streams).await;
    for private in ["Mia Muster", &*account.email, "private words", "argon2"] {
        // The owner's own sign-in is in another stream.
        assert!(!text.contains(private), "{private}");
    }
    let directory = store.load_directory(&team.scope()).await.expect("a read").expect("an organisation");
    let left = directory.members.iter().find(|left| left.id == member.id).expect("the id");
    assert_eq!((&*left.name, &left.email, left.account, left.erased), ("Erased member", &None, None, true));
    assert_eq!(store.find_account(account.id).await.unwrap(), Some(Account::erased(account.id)));
    assert_eq!(store.find_account_by_email(&account.email).await.unwrap(), None);
    let left = Account::erased(account.id).email;
    assert_eq!(store.find_account_by_email(&left).await.unwrap(), None);
    let whoever = Account { email: left, ..lab.account() };
    let (append, revision) = lab.account_write(Head::EMPTY, new(whoever));
    store.write_account(append, revision).await.expect("an address like any other");
    let keys = [vibesheets_core::store::GroupKey::Member];
    assert_eq!(store.total(&team.scope(), &whole_of(member.id), &keys).await.unwrap(), []);
    let others = store.total(&team.scope(), &whole_of(team.member(1)), &keys).await.unwrap();
    assert_eq!(others[0].seconds, 1800, "others' time stays");
    let mut after = heads.clone();
    for (stream, head) in streams.iter().zip(&mut after) {
        *head = store.find_record(*stream, head.seq).await.unwrap().expect("the record").record.head();
    }
    assert_eq!(after, heads, "every hash stays");

    // Once more, nothing happens.
    let head = store.head(team.stream()).await.unwrap();
    erase_again(lab.context(store), team.organisation.id, member.id).await.expect("erased");
    assert_eq!(store.head(team.stream()).await.unwrap(), head);
    // The address is free again.
    let again = Account { email: account.email.clone(), ..lab.account() };
    let (append, revision) = lab.account_write(Head::EMPTY, new(again));
    store.write_account(append, revision).await.expect("a free address");
}

pub async fn an_erasure_that_was_interrupted_is_found_and_finished(store: &dyn Store) {
    let lab = Lab::default();
    let World { team, member, .. } = world(&lab, store).await;
    // As far as the record, and not further.
    let after = member.erased();
    let change = DirectoryChange::Member(changed(&member, after));
    lab.write_nouns_as(store, &team.scope(), Operation::MemberErase, vec![change]).await.expect("written");
    let found = findings(store).await;
    assert!(found.iter().any(|what| what.contains("erase the member again")), "{found:?}");
    erase_again(lab.context(store), team.organisation.id, member.id).await.expect("finished");
    assert_eq!(findings(store).await, [""; 0]);
}

pub async fn an_erasure_that_is_none_and_one_that_is_taken_back_are_found(store: &dyn Store) {
    let lab = Lab::default();
    let World { team, member, .. } = world(&lab, store).await;
    let after = member.erased();
    let said = DirectoryChange::Member(changed(&member, after.clone()));
    lab.write_nouns_as(store, &team.scope(), Operation::MemberEdit, vec![said]).await.expect("written");
    let found = findings(store).await;
    let none = |what: &String| what.ends_with("says that a member is erased, and is no erasure");
    assert!(found.iter().any(none), "{found:?}");
    let other = team.members[1].member.as_ref().clone();
    erase_again(lab.context(store), team.organisation.id, other.id).await.expect("erased");
    let members = store.load_directory(&team.scope()).await.unwrap().expect("an organisation").members;
    let erased = members.into_iter().find(|left| left.id == other.id).expect("the id");
    let back = Member { erased: false, version: erased.version + 1, ..erased.clone() };
    let taken_back = DirectoryChange::Member(changed(&erased, back));
    lab.write_nouns_as(store, &team.scope(), Operation::MemberErase, vec![taken_back])
        .await
        .expect("written");
    let found = findings(store).await;
    assert!(found.iter().any(|what| what.ends_with("brings back a member who was erased")), "{found:?}");
}

/// A sign-in that goes while it is somebody's elsewhere, and one that stays once it is nobody's.
pub async fn a_sign_in_goes_with_the_last_member_that_it_was(store: &dyn Store) {
    let lab = Lab::default();
    let World { team, account, member } = world(&lab, store).await;
    let stream = StreamId::Account(account.id);
    let elsewhere = lab.found(store, 0).await;
    let there = lab.member("Mia", Role::Member, Some(&account));
    let joined = DirectoryChange::Member(Revision { before: None, after: there.clone() });
    lab.write_nouns(store, &elsewhere.scope(), vec![joined]).await.expect("a member there too");
    erase_again(lab.context(store), team.organisation.id, member.id).await.expect("erased");
    // As somebody would do it outside of an erasure.
    store.erase_account(account.id).await.expect("taken out");
    let erasure = Erasure { payloads: vec![(stream, 1, Taken::Whole)], answers: Vec::new() };
    store.erase(&team.scope(), erasure).await.expect("taken out");
    let missing = format!("{stream} record 1: its payload is missing, and nobody whose it was is erased");
    assert_eq!(findings(store).await, [missing]);
    erase_again(lab.context(store), elsewhere.organisation.id, there.id).await.expect("erased there too");
    assert_eq!(findings(store).await, [""; 0]);

    let World { team, account, member } = world(&lab, store).await;
    let change = DirectoryChange::Member(changed(&member, member.erased()));
    lab.write_nouns_as(store, &team.scope(), Operation::MemberErase, vec![change]).await.expect("written");
    let found = findings(store).await;
    let stayed = format!(
        "{}: was to be erased and is still there in part: erase the member again",
        StreamId::Account(account.id)
    );
    assert!(found.contains(&stayed), "{found:?}");
}

pub async fn an_answer_that_names_an_erased_member_goes_with_them(store: &dyn Store) {
    let lab = Lab::default();
    let World { team, member, .. } = world(&lab, store).await;
    let names_nobody = keep_answer(&lab, store, &team, Operation::TagCreate, "a tag").await;
    let report = keep_answer(&lab, store, &team, Operation::ImportFinish, "a report of Mia Muster").await;
    let nothing_changed = keep_answer(&lab, store, &team, Operation::MemberEdit, "Mia Muster").await;
    erase_again(lab.context(store), team.organisation.id, member.id).await.expect("erased");
    for (applied, is_erased) in [(&names_nobody, false), (&report, true), (&nothing_changed, true)] {
        let kept = store.find_applied(&team.scope(), applied.id).await.expect("a read").expect("an answer");
        let left = if is_erased { AppliedCommand::erased(applied.id) } else { applied.clone() };
        assert_eq!(kept, left);
        let command = Command { id: applied.id, digest: applied.digest, may_be_repeated: true };
        let late =
            once(lab.context(store), &team.owner, command, async { panic!("it was done before") }).await;
        match late {
            Ok(answer) => assert!(!is_erased && answer == applied.answer),
            Err(ActionError::Refused(Refusal::NotAllowed(reason))) => {
                assert_eq!((is_erased, &*reason.code), (true, "answer_erased"));
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(findings(store).await, [""; 0]);
    // Nor can anybody find out by trying what had been answered: its hash is gone with its salt.
    let left = journal(store, &[team.stream()]).await;
    assert!(left.contains(&names_nobody.hash().to_string()), "the hash of what stays is there");
    for applied in [&report, &nothing_changed] {
        assert!(!left.contains(&applied.hash().to_string()), "{left}");
    }
    // What is answered afterwards names nobody who is erased by then, and stays when that is done once more.
    let since = keep_answer(&lab, store, &team, Operation::MemberEdit, "as before").await;
    erase_again(lab.context(store), team.organisation.id, member.id).await.expect("erased");
    assert_eq!(store.find_applied(&team.scope(), since.id).await.expect("a read"), Some(since));
}

/// Keeps an answer with a record that changes nothing.
async fn keep_answer(
    lab: &Lab,
    store: &dyn Store,
    team: &TestOrganisation,
    operation: Operation,
    answer: &str,
) -> AppliedCommand {
    let applied = lab.applied(answer);
    lab.keep_answer(store, &team.scope(), operation, &applied).await;
    applied
}

pub async fn a_stream_has_ended_with_its_members_erasure(store: &dyn Store) {
    let lab = Lab::default();
    let World { team, member, .. } = world(&lab, store).await;
    lab.add(store, &team.scope(), &[lab.entry(member.id, "2026-03-02T12:00:00Z", None)]).await;
    let query = TimesheetQuery { member: member.id, overlapping: None, entries: Vec::new(), days: None };
    let before = store.load_timesheet(&team.scope(), &query).await.expect("a timesheet");
    assert!(!before.is_closed && before.open.is_some());
    erase_again(lab.context(store), team.organisation.id, member.id).await.expect("erased");
    let after = store.load_timesheet(&team.scope(), &query).await.expect("a timesheet");
    assert!(after.is_closed && after.open.is_none(), "{after:?}");
    let late = lab.entry(member.id, "2026-03-02T15:00:00Z", Some("2026-03-02T16:00:00Z"));
    let write = lab.timesheet_write(&team.scope(), member.id, before.head, vec![new(late.clone())]);
    let outcome = store.write_timesheet(&team.scope(), write).await;
    assert!(matches!(outcome, Err(StoreError::Conflict { .. })), "{outcome:?}");
    // Whoever was let in just before, as the member themself, comes too late.
    let clocked = press(store, &lab, &team.members[0], lab.command(), ClockAction::In).await;
    assert!(matches!(clocked, Err(ActionError::Refused(Refusal::NotFound("member")))), "{clocked:?}");
    assert_eq!(findings(store).await, [""; 0]);
    // Whoever writes past the end is found.
    lab.add(store, &team.scope(), &[late]).await;
    let found = findings(store).await;
    let follows = |what: &String| what.ends_with("follows the record with which the stream ended");
    assert!(found.iter().any(follows), "{found:?}");
}

pub async fn what_is_missing_of_somebody_who_was_not_erased_is_found(store: &dyn Store) {
    let lab = Lab::default();
    let World { team, member, .. } = world(&lab, store).await;
    let erase = async |stream, seq, taken| {
        let erasure = Erasure { payloads: vec![(stream, seq, taken)], answers: Vec::new() };
        store.erase(&team.scope(), erasure).await.expect("taken out");
    };
    let other = team.member_stream(1);
    erase(other, 1, Taken::Whole).await;
    let what = format!("{other} record 1: its payload is missing, and nobody whose it was is erased");
    assert_eq!(findings(store).await, std::slice::from_ref(&what));
    let stream = team.stream();
    erase(stream, 2, Taken::Parts { person: Some(member.id), answer: false }).await;
    let found = findings(store).await;
    let missing = format!(
        "{stream} record 2: name and address of member {} are missing, who was not erased",
        member.id
    );
    assert!(found.contains(&missing) && found.contains(&what), "{found:?}");
}

pub async fn an_account_that_is_a_member_elsewhere_stays(store: &dyn Store) {
    let lab = Lab::default();
    let World { team, account, member } = world(&lab, store).await;
    let elsewhere = lab.found(store, 0).await;
    let there = lab.member("Mia", Role::Member, Some(&account));
    let joined = DirectoryChange::Member(Revision { before: None, after: there });
    lab.write_nouns(store, &elsewhere.scope(), vec![joined]).await.expect("a member there too");
    erase_again(lab.context(store), team.organisation.id, member.id).await.expect("erased");
    assert_eq!(store.find_account(account.id).await.unwrap(), Some(account));
    assert_eq!(findings(store).await, [""; 0]);
}

pub async fn records_without_payloads_can_be_written_again(store: &dyn Store) {
    let lab = Lab::default();
    let World { team, account, .. } = world(&lab, store).await;
    // The same streams, in another organisation of the same store, by their own ids.
    let other = lab.organisation();
    let scope = Scope { organisation: other.id, actor: team.scope().actor };
    for stream in [StreamId::Member(other.id, team.member(0)), StreamId::Account(lab.account().id)] {
        let source = match stream {
            StreamId::Member(..) => team.member_stream(0),
            _ => StreamId::Account(account.id),
        };
        let mut head = Head::EMPTY;
        for stored in store.read_stream(source, 0, 1000).await.expect("records") {
            let mut record = Record { stream, previous: head.hash, ..stored.record };
            record.hash = record.expected_hash();
            store.append_erased(record.clone()).await.expect("appended");
            let again = store.append_erased(record.clone()).await.expect_err("its place is taken");
            assert!(matches!(again, StoreError::Conflict { .. }), "{again:?}");
            head = record.head();
        }
        assert_eq!(store.head(stream).await.unwrap(), head);
        let read = store.read_stream(stream, 0, 1000).await.unwrap();
        assert!(read.len() as u64 == head.seq && read.iter().all(|stored| stored.payload.is_none()));
        if let StreamId::Account(id) = stream {
            assert_eq!(store.find_account(id).await.unwrap(), Some(Account::erased(id)));
        }
    }
    let query = whole_of(team.member(0));
    assert!(store.total(&scope, &query, &[]).await.unwrap().iter().all(|row| row.seconds == 0));
}
