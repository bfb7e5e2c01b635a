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

pub async fn all_of_an_accounts_sessions_end_at_once_but_the_one_that_is_kept(store: &dyn Store) {
    let lab = Lab::default();
    let (team, other) = (lab.found(store, 0).await, lab.found(store, 0).await);
    let mut sessions = Vec::new();
    for second in 0..60 {
        sessions.push(session(
            &lab,
            &team,
            &format!("2026-03-02T08:00:{second:02}Z"),
            "2026-03-02T09:00:00Z",
        ));
    }
    sessions.push(session(&lab, &team, "2020-03-02T08:00:00Z", "2020-03-02T09:00:00Z"));
    let others = session(&lab, &other, "2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z");
    for session in sessions.iter().chain([&others]) {
        store.put_session(session.clone()).await.unwrap();
    }
    let left = async || {
        let mut left = Vec::new();
        for session in &sessions {
            left.extend(store.find_session(team.account.id, session.id).await.unwrap());
        }
        left
    };
    let kept = sessions[17].clone();
    store.end_other_sessions(team.account.id, Some(kept.id)).await.unwrap();
    assert_eq!(left().await, [kept]);
    store.end_other_sessions(team.account.id, None).await.unwrap();
    assert_eq!(left().await, []);
    let found = store.find_session(other.account.id, others.id).await.unwrap();
    assert_eq!(found, Some(others));
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
