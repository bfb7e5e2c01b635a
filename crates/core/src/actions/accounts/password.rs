//! Changing a password.

use crate::{
    Account, CommandId, PasswordHash, SessionId,
    actions::{ActionError, Context, Refusal, run::MOST_ATTEMPTS},
    journal::{AccountChange, Actor, Append, Operation, PayloadBody, RecordDraft, Revision, StreamId},
    store::StoreError,
};

/// Gives the account another password and ends its sessions but `keep`. `proven` is the account whose present
/// password was proven just now. The sessions end after the password has changed, so that nobody gets a new one with
/// the old password; where the process dies between the two, they end by themselves within the hour.
///
/// # Errors
/// [`Refusal::Stale`] where the account has changed since the proof, [`Refusal::NotFound`] where it is gone, or the
/// store's error.
pub async fn change_password(
    context: Context<'_>,
    command: CommandId,
    proven: &Account,
    password: &PasswordHash,
    keep: Option<SessionId>,
) -> Result<Account, ActionError> {
    let after = write_password(context, command, proven, password).await?;
    context.store.end_other_sessions(after.id, keep).await?;
    Ok(after)
}

async fn write_password(
    context: Context<'_>,
    command: CommandId,
    proven: &Account,
    password: &PasswordHash,
) -> Result<Account, ActionError> {
    let stream = StreamId::Account(proven.id);
    let draft = RecordDraft {
        now: context.time.now(),
        actor: Actor::Account(proven.id),
        operation: Operation::AccountEdit,
        command,
        applied: None,
    };
    for _ in 0..MOST_ATTEMPTS {
        let head = context.store.head(stream).await?;
        let before = context.store.find_account(proven.id).await?.ok_or(Refusal::NotFound("account"))?;
        let revision = revised(before, proven, password)?;
        let body = PayloadBody::Account(AccountChange(revision.clone()));
        let append = Append::after(head, stream, draft, &body, context.random);
        let after = revision.after.clone();
        match context.store.write_account(append, revision).await {
            Ok(_) => return Ok(after),
            Err(StoreError::Conflict { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Refusal::Busy.into())
}

fn revised(before: Account, proven: &Account, password: &PasswordHash) -> Result<Revision<Account>, Refusal> {
    if before.version != proven.version {
        return Err(Refusal::Stale { current: before.version });
    }
    let after = Account { password: password.clone(), version: before.version + 1, ..before.clone() };
    Ok(Revision { before: Some(before), after })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::{AccountId, actions::example::email};

    #[test]
    fn a_proof_of_an_earlier_password_changes_nothing() {
        let proven = Account {
            id: AccountId::from_bytes([1; 16]),
            email: email("ada@example.com"),
            password: PasswordHash("old".to_owned()),
            version: 1,
            created_at: Timestamp::UNIX_EPOCH,
        };
        let new = PasswordHash("new".to_owned());
        let revision = revised(proven.clone(), &proven, &new).expect("the same version");
        assert_eq!((&revision.after.password, revision.after.version), (&new, 2));
        assert_eq!(revised(revision.after, &proven, &new), Err(Refusal::Stale { current: 2 }));
    }
}
