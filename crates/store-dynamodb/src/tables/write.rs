//! Writing a single item that no other write depends on.

use aws_sdk_dynamodb::types::{ReturnConsumedCapacity, ReturnValue};
use vibesheets_core::store::StoreError;

use super::Tables;
use crate::{item::NewItem, keys::Key};

impl Tables {
    /// Puts an item in place of whatever has its key.
    pub async fn put(&self, item: NewItem) -> Result<(), StoreError> {
        let request = || {
            self.client
                .put_item()
                .table_name(self.name(item.key.table))
                .set_item(Some(item.attributes.clone()))
                .return_consumed_capacity(ReturnConsumedCapacity::Total)
                .send()
        };
        let answer = self.repeatable("PutItem", request).await?;
        self.consumed.written(answer.consumed_capacity());
        Ok(())
    }

    /// Deletes an item; whether there was one. Where an answer was lost, there may have been one that is not told.
    pub async fn delete(&self, key: &Key) -> Result<bool, StoreError> {
        let request = || {
            self.client
                .delete_item()
                .table_name(self.name(key.table))
                .set_key(Some(key.attributes()))
                .return_values(ReturnValue::AllOld)
                .return_consumed_capacity(ReturnConsumedCapacity::Total)
                .send()
        };
        let answer = self.repeatable("DeleteItem", request).await?;
        self.consumed.written(answer.consumed_capacity());
        Ok(answer.attributes.is_some_and(|item| !item.is_empty()))
    }
}
