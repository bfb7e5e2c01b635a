//! Erasing a member.

use vibesheets_core::{
    Account, Member, MemberId, Name, Role,
    actions::erasure::erase_again,
    audit::audit,
    journal::{DirectoryChange, PayloadBody, Revision, StreamId},
    store::{EntryQuery, Erasure, Scope, Store, StoreError},
    time::DateRange,
};

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
    let (append, revision) = lab.account_write(vibesheets_core::journal::Head::EMPTY, new(account.clone()));
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
        entry.note = vibesheets_core::Note::new("private words").expect("a note");
        lab.add(store, &team.scope(), &[entry]).await;
    }
    let head = store.head(team.member_stream(0)).await.expect("a head");
    let mut write = lab.timesheet_write(&team.scope(), team.member(0), head, vec![]);
    let applied = lab.applied("an answer that says Mia Muster");
    write.append = vibesheets_core::journal::Append::after(
        head,
        team.member_stream(0),
        vibesheets_core::journal::RecordDraft {
            command: applied.id,
            applied: Some(applied.hash()),
            ..lab.draft(&team.scope(), vibesheets_core::journal::Operation::EntryEdit)
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
    let (append, revision) = lab.account_write(vibesheets_core::journal::Head::EMPTY, new(again));
    store.write_account(append, revision).await.expect("a free address");
}

pub async fn an_erasure_that_was_interrupted_is_found_and_finished(store: &dyn Store) {
    let lab = Lab::default();
    let World { team, member, .. } = world(&lab, store).await;
    // As far as the record, and not further.
    let after = member.erased();
    let change = DirectoryChange::Member(changed(&member, after));
    lab.write_nouns(store, &team.scope(), vec![change]).await.expect("said");
    let found = findings(store).await;
    assert!(found.iter().any(|what| what.contains("erase the member again")), "{found:?}");
    erase_again(lab.context(store), team.organisation.id, member.id).await.expect("finished");
    assert_eq!(findings(store).await, [""; 0]);
}

pub async fn what_is_missing_of_somebody_who_was_not_erased_is_found(store: &dyn Store) {
    let lab = Lab::default();
    let World { team, member, .. } = world(&lab, store).await;
    let erase = async |stream, seq, left| {
        let erasure = Erasure { payloads: vec![(stream, seq, left)], answers: Vec::new() };
        store.erase(&team.scope(), erasure).await.expect("taken out");
    };
    let other = team.member_stream(1);
    erase(other, 1, None).await;
    let what = format!("{other} record 1: its payload is missing, and nobody whose it was is erased");
    assert_eq!(findings(store).await, [what.clone()]);
    let stream = team.stream();
    let stored = store.find_record(stream, 2).await.unwrap().expect("the members' record");
    let left = stored.payload.expect("a payload").without(member.id).expect("a name");
    erase(stream, 2, Some(left)).await;
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
        let mut head = vibesheets_core::journal::Head::EMPTY;
        for stored in store.read_stream(source, 0, 1000).await.expect("records") {
            let mut record =
                vibesheets_core::journal::Record { stream, previous: head.hash, ..stored.record };
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
