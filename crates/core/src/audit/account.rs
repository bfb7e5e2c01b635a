//! An account against its stream.

use super::{
    Audit, Finding, Place, Source,
    walk::{Walked, walk},
};
use crate::{
    AccountId,
    journal::{AccountChange, PayloadBody, StreamId},
    store::StoreError,
};

pub(super) async fn audit(
    store: &(impl Source + ?Sized),
    stream: StreamId,
    account: AccountId,
    audit: &mut Audit,
    findings: &mut Vec<Finding>,
) -> Result<(), StoreError> {
    let mut folded = None;
    let walked = walk(store, stream, audit, findings, |place, body, findings| match body {
        PayloadBody::Account(AccountChange(revision)) if revision.before == folded => {
            folded = Some(revision.after)
        }
        PayloadBody::Account(_) => {
            findings.push(Finding::new(place, "does not continue the account's version before"))
        }
        _ => findings.push(Finding::new(place, "holds something other than an account")),
    })
    .await?;
    if walked == Walked::Whole && store.find_account(account).await? != folded {
        findings.push(Finding::new(Place::stream(stream), "the account is not what the journal says"));
    }
    Ok(())
}
