//! One atomic write of several items, each on a condition.

use aws_sdk_dynamodb::{
    error::SdkError,
    operation::transact_write_items::TransactWriteItemsError,
    types::{AttributeValue, CancellationReason, Delete, Put, ReturnConsumedCapacity, TransactWriteItem},
};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use vibesheets_core::{
    journal::{Hash, Record},
    store::StoreError,
};

use super::{
    Tables,
    failure::{Failed, failed},
};
use crate::{
    item::{Item, NewItem},
    journal::{self, Places},
    keys::{Key, PLACES, REVISION, WRITTEN_BY},
};

/// The engine's own limit.
const MOST_ACTIONS: usize = 100;

/// What an item must be for the transaction to happen.
#[derive(Debug, Clone)]
pub(crate) enum Condition {
    /// There is none.
    Absent,
    /// There is one.
    Present,
    /// There is one of this [`REVISION`].
    Revision(String),
    /// There is one without any [`REVISION`], or none.
    Unrevised,
    /// Anything.
    Any,
}

/// What it means that an item was not what it must be. In the order in which they are told where several were not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Refusal {
    /// The command was applied.
    Command,
    /// Somebody signed up.
    Founded,
    /// The address has an account.
    Address,
    /// The record is written: another is the head.
    Record,
    /// Something was not as the decision saw it.
    Item,
}

/// Why a transaction did not happen.
#[derive(Debug)]
pub(crate) enum Lost {
    /// An item was not what it must be.
    Refused(Refusal),
    /// The engine's reasons.
    Failed(StoreError),
}

impl From<StoreError> for Lost {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

/// The writes of one record, and the record.
pub(crate) struct Transaction {
    record: (Key, Hash),
    seq: u64,
    places: Places,
    actions: Vec<TransactWriteItem>,
    refusals: Vec<Refusal>,
}

impl Transaction {
    /// With nothing in it but the name of its record, by which it is known again.
    pub fn of(record: &Record) -> Self {
        let key = Key::record(record.stream, record.seq);
        let (seq, places) = (record.seq, Places::default());
        Self { record: (key, record.hash), seq, places, actions: Vec::new(), refusals: Vec::new() }
    }

    /// Writes an item in place of what `condition` allows.
    pub fn put(&mut self, tables: &Tables, item: NewItem, condition: &Condition, refusal: Refusal) {
        let item = match refusal {
            Refusal::Item if self.places.add(&item.key, true) => item.number(WRITTEN_BY, self.seq),
            _ => item,
        };
        let NewItem { key, attributes } = item;
        let mut put = Put::builder().table_name(tables.name(key.table)).set_item(Some(attributes));
        if let Some((expression, name, value)) = expression(&key, condition) {
            put = put
                .condition_expression(expression)
                .expression_attribute_names("#name", name)
                .set_expression_attribute_values(value);
        }
        let put = put.build().expect("table and item are there");
        self.push(TransactWriteItem::builder().put(put).build(), refusal);
    }

    /// Deletes an item that `condition` allows.
    pub fn delete(&mut self, tables: &Tables, key: &Key, condition: &Condition, refusal: Refusal) {
        if refusal == Refusal::Item {
            self.places.add(key, false);
        }
        let mut delete = Delete::builder().table_name(tables.name(key.table)).set_key(Some(key.attributes()));
        if let Some((expression, name, value)) = expression(key, condition) {
            delete = delete
                .condition_expression(expression)
                .expression_attribute_names("#name", name)
                .set_expression_attribute_values(value);
        }
        let delete = delete.build().expect("table and key are there");
        self.push(TransactWriteItem::builder().delete(delete).build(), refusal);
    }

    /// With all its places told by its record.
    fn sealed(mut self) -> Self {
        let Some(places) = self.places.to_text(&self.record.0) else { return self };
        let record = self.record.0.attributes();
        let is_record = |put: &&mut Put| record.iter().all(|(name, value)| put.item.get(name) == Some(value));
        if let Some(put) = self.actions.iter_mut().filter_map(|action| action.put.as_mut()).find(is_record) {
            put.item.insert(PLACES.to_owned(), AttributeValue::S(places));
        }
        self
    }

    fn push(&mut self, action: TransactWriteItem, refusal: Refusal) {
        self.actions.push(action);
        self.refusals.push(refusal);
    }
}

/// A condition, the attribute that it is about, and the values that it names.
pub(super) type Expression = (&'static str, &'static str, Option<Item>);

pub(super) fn expression(key: &Key, condition: &Condition) -> Option<Expression> {
    match condition {
        Condition::Absent => Some(("attribute_not_exists(#name)", key.table.sort_key(), None)),
        Condition::Present => Some(("attribute_exists(#name)", key.table.sort_key(), None)),
        Condition::Revision(revision) => {
            let value = (":revision".to_owned(), AttributeValue::S(revision.clone()));
            Some(("#name = :revision", REVISION, Some(Item::from([value]))))
        }
        Condition::Unrevised => Some(("attribute_not_exists(#name)", REVISION, None)),
        Condition::Any => None,
    }
}

/// How one attempt ended that did not succeed.
enum Attempt {
    Refused(Refusal),
    Failed(Failed),
}

impl Tables {
    /// All of it or nothing.
    ///
    /// # Errors
    /// [`Lost`]; nothing was written, except with [`StoreError::OutcomeUnknown`].
    pub async fn commit(&self, transaction: Transaction) -> Result<(), Lost> {
        let transaction = transaction.sealed();
        if transaction.actions.len() > MOST_ACTIONS {
            let what = format!("items in one write: {} of {MOST_ACTIONS}", transaction.actions.len());
            return Err(StoreError::LimitExceeded { what }.into());
        }
        let mut attempts = self.attempts();
        let mut unknown = None;
        loop {
            let reason = match self.attempt(&transaction, Some(self.token(&transaction))).await {
                Ok(()) => return Ok(()),
                Err(Attempt::Refused(refusal)) => {
                    // A lost answer may have been a success, of which the conditions now fail.
                    return match (self.is_written(&transaction).await, unknown) {
                        (Ok(true), _) => Ok(()),
                        (Ok(false), _) => Err(Lost::Refused(refusal)),
                        (Err(error), None) => Err(error.into()),
                        (Err(_), Some(reason)) => Err(StoreError::OutcomeUnknown { reason }.into()),
                    };
                }
                Err(Attempt::Failed(Failed::Told(error))) if unknown.is_none() => return Err(error.into()),
                Err(Attempt::Failed(Failed::Told(error))) => error.to_string(),
                Err(Attempt::Failed(Failed::NotNow(reason))) => reason,
                Err(Attempt::Failed(Failed::Unknown(reason))) => {
                    unknown = Some(reason.clone());
                    reason
                }
            };
            tracing::debug!(reason, "writing again");
            if !attempts.wait().await {
                let Some(reason) = unknown else {
                    return Err(StoreError::Unavailable { reason }.into());
                };
                return match self.is_written(&transaction).await {
                    Ok(true) => Ok(()),
                    _ => Err(StoreError::OutcomeUnknown { reason }.into()),
                };
            }
        }
    }

    /// All of it or nothing, of what changes beside the journal; whether every item was what it must be. One whose answer was lost
    /// is sent again and may then be refused for what it did itself: look at what is there. Each attempt has a token of its own,
    /// which the client makes up: that of the record would be another change's too, and the conditions keep what was done from
    /// being done again.
    pub async fn replace(&self, transaction: &Transaction) -> Result<bool, StoreError> {
        let mut attempts = self.attempts();
        loop {
            let reason = match self.attempt(transaction, None).await {
                Ok(()) => return Ok(true),
                Err(Attempt::Refused(_)) => return Ok(false),
                Err(Attempt::Failed(Failed::Told(error))) => return Err(error),
                Err(Attempt::Failed(Failed::NotNow(reason) | Failed::Unknown(reason))) => reason,
            };
            tracing::debug!(reason, "writing again");
            if !attempts.wait().await {
                return Err(StoreError::Unavailable { reason });
            }
        }
    }

    /// The same for the same actions of the same record in the same tables, so that the engine carries them out once however
    /// often they are sent: at most 36 characters, forgotten after ten minutes.
    fn token(&self, transaction: &Transaction) -> String {
        let (place, hash) = &transaction.record;
        let actions = transaction.actions.len().to_be_bytes();
        let token = Hash::of(&[self.name(place.table).as_bytes(), &hash.0, &actions]);
        token.to_string()[..32].to_owned()
    }

    async fn attempt(&self, transaction: &Transaction, token: Option<String>) -> Result<(), Attempt> {
        let answer = self
            .client
            .transact_write_items()
            .set_transact_items(Some(transaction.actions.clone()))
            .set_client_request_token(token)
            .return_consumed_capacity(ReturnConsumedCapacity::Total)
            .send()
            .await;
        match answer {
            Ok(answer) => {
                self.consumed.written(answer.consumed_capacity());
                Ok(())
            }
            Err(error) => Err(cancelled(&transaction.refusals, error)),
        }
    }

    /// Whether the place of the transaction's record holds that record.
    async fn is_written(&self, transaction: &Transaction) -> Result<bool, StoreError> {
        let (key, hash) = &transaction.record;
        match self.get(key).await? {
            Some(item) => Ok(journal::hash_of(&item)? == *hash),
            None => Ok(false),
        }
    }
}

/// A cancelled transaction's reasons stand in the order of its actions.
fn cancelled(refusals: &[Refusal], error: SdkError<TransactWriteItemsError, HttpResponse>) -> Attempt {
    let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) = error.as_service_error()
    else {
        return Attempt::Failed(failed(error));
    };
    let reasons = cancelled.cancellation_reasons();
    let with = |code: &str| reasons.iter().position(|reason| reason.code() == Some(code));
    let refused = reasons
        .iter()
        .zip(refusals)
        .filter(|(reason, _)| reason.code() == Some("ConditionalCheckFailed"))
        .map(|(_, refusal)| *refusal)
        .min();
    if let Some(refusal) = refused {
        return Attempt::Refused(refusal);
    }
    let message = |place: usize| reasons[place].message().unwrap_or_default().to_owned();
    let limit = with("ValidationError").or_else(|| with("ItemCollectionSizeLimitExceeded"));
    Attempt::Failed(match limit {
        Some(place) => Failed::Told(StoreError::LimitExceeded { what: message(place) }),
        None => Failed::NotNow(format!("cancelled: {}", codes(reasons))),
    })
}

fn codes(reasons: &[CancellationReason]) -> String {
    reasons
        .iter()
        .filter_map(CancellationReason::code)
        .filter(|code| *code != "None")
        .collect::<Vec<_>>()
        .join(", ")
}
