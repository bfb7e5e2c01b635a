//! Applied commands (I4).

use vibesheets_core::{
    CommandId,
    journal::{Actor, Head},
    store::{Answer, AppliedCommand, Scope, Store, TimesheetWrite},
};

use crate::support::{Lab, new};

pub async fn an_answer_is_kept_byte_for_byte(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let scope = team.scope();
    let bytes: Vec<u8> = (0..=255).cycle().take(20_000).collect();
    let applied = AppliedCommand { answer: Answer(bytes), ..lab.applied("") };
    assert_eq!(store.find_applied(&scope, applied.id).await.unwrap(), None);
    let entry = lab.entry(team.member(0), "2026-03-02T08:00:00Z", None);
    let write = TimesheetWrite {
        applied: Some(applied.clone()),
        ..lab.timesheet_write(&scope, team.member(0), Head::EMPTY, vec![new(entry)])
    };
    store.write_timesheet(&scope, write).await.unwrap();
    let at = store.find_applied_at(&scope, applied.id).await.unwrap();
    assert_eq!(at, Some(store.head(team.member_stream(0)).await.unwrap().time));
    assert_eq!(store.find_applied(&scope, applied.id).await.unwrap(), Some(applied));
    assert_eq!(store.find_applied(&scope, CommandId::from_bytes([6; 16])).await.unwrap(), None);
}

/// Two actors may choose the same id; neither sees or blocks the other's command.
pub async fn a_command_id_belongs_to_its_actor(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 2).await;
    let id = lab.command().id;
    let scopes: Vec<Scope> = vec![
        team.scope(),
        team.members[0].scope(),
        Scope { actor: Actor::System, ..team.scope() },
        Scope { actor: Actor::Account(team.account.id), ..team.scope() },
    ];
    for (number, scope) in scopes.iter().enumerate() {
        assert_eq!(store.find_applied(scope, id).await.unwrap(), None);
        let head = store.head(team.member_stream(0)).await.unwrap();
        let start = format!("2026-03-02T08:{number:02}:00Z");
        let entry = lab.entry(team.member(0), &start, Some(&start));
        let mut write = lab.timesheet_write(scope, team.member(0), head, vec![new(entry)]);
        write.applied = Some(AppliedCommand { id, ..lab.applied(&format!("answer {number}")) });
        store.write_timesheet(scope, write).await.unwrap();
    }
    for (number, scope) in scopes.iter().enumerate() {
        let found = store.find_applied(scope, id).await.unwrap().unwrap();
        assert_eq!(found.answer, Answer(format!("answer {number}").into_bytes()));
    }
}
