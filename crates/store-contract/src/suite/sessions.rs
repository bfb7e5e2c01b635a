//! Sessions.

use vibesheets_core::{AccountId, Membership, Session, SessionId, store::Store};

use crate::support::{Lab, TestOrganisation, timestamp};

fn session(lab: &Lab, team: &TestOrganisation, created_at: &str, expires_at: &str) -> Session {
    Session {
        id: SessionId::generate(lab.now(), &lab.random),
        account: team.account.id,
        membership: Membership { organisation: team.organisation.id, member: team.owner.member.id },
        created_at: timestamp(created_at),
        expires_at: timestamp(expires_at),
        user_agent: "Mozilla/5.0 (ünïcode; 👩‍🚒)".to_owned(),
    }
}

pub async fn a_session_is_found_until_it_is_ended_even_past_its_time(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 0).await;
    let session = session(&lab, &team, "2020-03-02T08:00:00.123456789Z", "2020-03-02T09:00:00Z");
    assert_eq!(store.find_session(team.account.id, session.id).await.unwrap(), None);
    store.put_session(session.clone()).await.unwrap();
    assert_eq!(store.find_session(team.account.id, session.id).await.unwrap(), Some(session.clone()));
    assert!(store.end_session(team.account.id, session.id).await.unwrap());
    assert_eq!(store.find_session(team.account.id, session.id).await.unwrap(), None);
    assert!(!store.end_session(team.account.id, session.id).await.unwrap());
}

pub async fn only_the_accounts_own_sessions_are_found_listed_and_ended(store: &dyn Store) {
    let lab = Lab::default();
    let (team, other) = (lab.found(store, 0).await, lab.found(store, 0).await);
    let mine = session(&lab, &team, "2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z");
    store.put_session(mine.clone()).await.unwrap();
    assert!(!store.end_session(other.account.id, mine.id).await.unwrap());
    assert!(!store.end_session(AccountId::from_bytes([1; 16]), mine.id).await.unwrap());
    assert_eq!(store.find_session(other.account.id, mine.id).await.unwrap(), None);
    let now = timestamp("2026-03-02T08:30:00Z");
    assert_eq!(store.list_sessions(other.account.id, now).await.unwrap(), []);
    assert_eq!(store.list_sessions(team.account.id, now).await.unwrap(), [mine]);
}

pub async fn sessions_that_end_after_now_are_listed_the_newest_first(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 0).await;
    let over = session(&lab, &team, "2026-03-02T07:00:00Z", "2026-03-02T08:00:00Z");
    let older = session(&lab, &team, "2026-03-02T07:30:00Z", "2026-03-02T08:30:00Z");
    let newer = session(&lab, &team, "2026-03-02T07:45:00Z", "2026-03-02T08:00:01Z");
    for session in [&older, &over, &newer] {
        store.put_session(session.clone()).await.unwrap();
    }
    let listed = store.list_sessions(team.account.id, timestamp("2026-03-02T08:00:00Z")).await.unwrap();
    assert_eq!(listed, [newer, older]);
}
