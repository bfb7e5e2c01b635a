//! Taking out of a record's payload what is a person's own.

use vibesheets_core::{
    journal::StreamId,
    store::{StoreError, StoredRecord, Taken},
};

use super::{read::stored, row};
use crate::{
    item::{NewItem, Reading},
    keys::{Key, REVISION},
    tables::{Condition, Refusal, Tables, Transaction},
};

/// Puts what is left in the place of the payload of the record at `key`, its item as `beside` leaves it. Another erasure may take
/// something else out of the same payload meanwhile: then it is looked at again.
pub(crate) async fn erase_payload(
    tables: &Tables,
    key: &Key,
    stream: StreamId,
    taken: Taken,
    beside: impl Fn(NewItem) -> NewItem,
) -> Result<(), StoreError> {
    let mut attempts = tables.attempts();
    loop {
        let Some(item) = tables.get(key).await? else { return Ok(()) };
        let found = stored(tables, stream, vec![item.clone()]).await?.pop();
        let Some(StoredRecord { record, payload: Some(payload), .. }) = found else { return Ok(()) };
        let Some(left) = taken.left_of(&payload) else { return Ok(()) };
        let reading = Reading::new("record", &item);
        let (condition, erasures) = match reading.find_text(REVISION) {
            None => (Condition::Unrevised, 0),
            Some(text) => {
                let erasures: u64 = text.parse().map_err(|_| reading.damaged(REVISION))?;
                (Condition::Revision(text.to_owned()), erasures)
            }
        };
        let (kept, parts, obsolete) = row::with_payload(key, record.seq, item, left.as_ref())?;
        let mut transaction = Transaction::of(&record);
        let kept = beside(kept).text(REVISION, erasures + 1);
        transaction.put(tables, kept, &condition, Refusal::Record);
        for part in parts {
            transaction.put(tables, part, &Condition::Any, Refusal::Record);
        }
        for part in obsolete {
            transaction.delete(tables, &part, &Condition::Any, Refusal::Record);
        }
        if tables.replace(&transaction).await? {
            return Ok(());
        }
        if !attempts.wait().await {
            let reason = format!("the payload of record {} of {stream} goes on changing", record.seq);
            return Err(StoreError::Unavailable { reason });
        }
    }
}
