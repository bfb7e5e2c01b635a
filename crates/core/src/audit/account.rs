//! An account against its stream.

use super::{
    Audit, Finding, HALF_ERASED, Place, Source,
    expected::Expected,
    walk::{Walked, walk},
};
use crate::{
    Account, AccountId,
    journal::{AccountChange, PayloadBody, StreamId},
    store::StoreError,
};

pub(super) async fn audit(
    store: &(impl Source + ?Sized),
    stream: StreamId,
    account: AccountId,
    is_erased: bool,
    expected: Expected,
    audit: &mut Audit,
    findings: &mut Vec<Finding>,
) -> Result<(), StoreError> {
    let mut folded = None;
    let walked =
        walk(store, stream, expected, audit, findings, |place, _, sealed, findings| match sealed.changes {
            PayloadBody::Account(AccountChange(revision)) if revision.before == folded => {
                folded = Some(revision.after)
            }
            PayloadBody::Account(_) => {
                findings.push(Finding::new(place, "does not continue the account's version before"))
            }
            _ => findings.push(Finding::new(place, "holds something other than an account")),
        })
        .await?;
    let walked = if is_erased { walked } else { walked.without_erasures(stream, findings) };
    let expected = match walked {
        Walked::InPart => return Ok(()),
        Walked::Whole(whole) if is_erased && !whole.is_erased() => {
            findings.push(Finding::new(Place::stream(stream), HALF_ERASED));
            return Ok(());
        }
        Walked::Whole(_) if is_erased => Some(Account::erased(account)),
        Walked::Whole(_) => folded,
    };
    if store.find_account(account).await? != expected {
        findings.push(Finding::new(Place::stream(stream), "the account is not what the journal says"));
    }
    Ok(())
}
