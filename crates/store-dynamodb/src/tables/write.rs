//! Writing a single item that no other write depends on.

use aws_sdk_dynamodb::{
    operation::delete_item::DeleteItemError,
    types::{AttributeValue, ReturnConsumedCapacity, ReturnValue},
};
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

    /// Deletes an item whose `name` is `value`. One in which somebody else put something else meanwhile stays.
    pub async fn delete_where(&self, key: &Key, name: &str, value: &str) -> Result<(), StoreError> {
        let request = || async {
            let deleted = self
                .client
                .delete_item()
                .table_name(self.name(key.table))
                .set_key(Some(key.attributes()))
                .condition_expression("#name = :value")
                .expression_attribute_names("#name", name)
                .expression_attribute_values(":value", AttributeValue::S(value.to_owned()))
                .return_consumed_capacity(ReturnConsumedCapacity::Total)
                .send()
                .await;
            match deleted {
                Err(error)
                    if error
                        .as_service_error()
                        .is_some_and(DeleteItemError::is_conditional_check_failed_exception) =>
                {
                    Ok(None)
                }
                deleted => deleted.map(|answer| answer.consumed_capacity),
            }
        };
        let consumed = self.repeatable("DeleteItem", request).await?;
        self.consumed.written(consumed.as_ref());
        Ok(())
    }
}
