//! One item that many write: each writes on what it has read.

use aws_sdk_dynamodb::{operation::put_item::PutItemError, types::ReturnConsumedCapacity};
use vibesheets_core::store::StoreError;

use super::{
    Condition, Tables,
    failure::{Failed, failed},
    retry::Attempts,
    transaction::expression,
};
use crate::item::NewItem;

/// Attempts at writing one item, each under a revision of its own, so that one whose answer was lost is known again.
pub(crate) struct Race<'a> {
    tables: &'a Tables,
    attempts: Attempts<'a>,
    /// The revisions of all attempts: an earlier one may arrive after a later one was refused.
    revisions: Vec<String>,
    /// Why it is not known whether it was written.
    unknown: Option<String>,
}

impl Tables {
    /// A new race.
    pub fn race(&self) -> Race<'_> {
        Race { tables: self, attempts: self.attempts(), revisions: Vec::new(), unknown: None }
    }
}

impl Race<'_> {
    /// A revision that nobody else writes.
    pub fn new_revision(&mut self) -> String {
        let mut bytes = [0; 16];
        self.tables.random.fill(&mut bytes);
        let revision: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        self.revisions.push(revision.clone());
        revision
    }

    /// Whether what was read is what an earlier attempt wrote, of which no answer came.
    pub fn was_written_as(&self, revision: &str) -> bool {
        self.revisions.iter().any(|written| written == revision)
    }

    /// Puts the item where `condition` still holds; whether it did. Where that is not known, or did not hold, the item is to
    /// be read again.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], or [`StoreError::OutcomeUnknown`] once there is no more time.
    pub async fn put(&mut self, item: NewItem, condition: &Condition) -> Result<bool, StoreError> {
        let tables = self.tables;
        let mut request = tables
            .client
            .put_item()
            .table_name(tables.name(item.key.table))
            .return_consumed_capacity(ReturnConsumedCapacity::Total);
        if let Some((expression, name, values)) = expression(&item.key, condition) {
            request = request
                .condition_expression(expression)
                .expression_attribute_names("#name", name)
                .set_expression_attribute_values(values);
        }
        let reason = match request.set_item(Some(item.attributes)).send().await {
            Ok(answer) => {
                tables.consumed.written(answer.consumed_capacity());
                return Ok(true);
            }
            Err(error)
                if error
                    .as_service_error()
                    .is_some_and(PutItemError::is_conditional_check_failed_exception) =>
            {
                "others write the same item".to_owned()
            }
            Err(error) => match failed(error) {
                Failed::Told(error) => return Err(error),
                Failed::NotNow(reason) => reason,
                Failed::Unknown(reason) => {
                    self.unknown = Some(reason.clone());
                    reason
                }
            },
        };
        if self.attempts.wait().await {
            return Ok(false);
        }
        Err(match self.unknown.take() {
            Some(reason) => StoreError::OutcomeUnknown { reason },
            None => StoreError::Unavailable { reason },
        })
    }
}
