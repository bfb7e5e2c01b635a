//! Reading several items of one state.

use aws_sdk_dynamodb::{
    error::SdkError,
    operation::transact_get_items::TransactGetItemsError,
    types::{Get, ReturnConsumedCapacity, TransactGetItem},
};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use vibesheets_core::store::StoreError;

use super::{
    Tables,
    failure::{Failed, failed},
};
use crate::{item::Item, keys::Key};

impl Tables {
    /// The items with these keys that exist, at most 100, in the order of the keys: all of one state, and of none that a
    /// transaction is about to change. Costs twice as much as [`Self::get_all`].
    pub async fn get_at_once(&self, keys: Vec<Key>) -> Result<Vec<Item>, StoreError> {
        let gets: Vec<TransactGetItem> = keys
            .iter()
            .map(|key| {
                let get = Get::builder().table_name(self.name(key.table)).set_key(Some(key.attributes()));
                TransactGetItem::builder().get(get.build().expect("table and key are there")).build()
            })
            .collect();
        let mut attempts = self.attempts();
        loop {
            let request = self.client.transact_get_items().set_transact_items(Some(gets.clone()));
            let request = request.return_consumed_capacity(ReturnConsumedCapacity::Total);
            let reason = match request.send().await {
                Ok(answer) => {
                    self.consumed.read(answer.consumed_capacity());
                    let items = answer.responses.into_iter().flatten().filter_map(|response| response.item);
                    return Ok(items.filter(|item| !item.is_empty()).collect());
                }
                Err(error) => match not_now(error) {
                    Failed::Told(error) => return Err(error),
                    Failed::NotNow(reason) | Failed::Unknown(reason) => reason,
                },
            };
            tracing::debug!(reason, "reading again");
            if !attempts.wait().await {
                return Err(StoreError::Unavailable { reason: format!("TransactGetItems: {reason}") });
            }
        }
    }
}

/// One that is cancelled met a transaction on its way, or found no capacity.
fn not_now(error: SdkError<TransactGetItemsError, HttpResponse>) -> Failed {
    match error.as_service_error() {
        Some(TransactGetItemsError::TransactionCanceledException(cancelled)) => {
            let codes = cancelled.cancellation_reasons().iter().filter_map(|reason| reason.code());
            Failed::NotNow(format!("cancelled: {}", codes.collect::<Vec<_>>().join(", ")))
        }
        _ => failed(error),
    }
}
