//! Which items of a partition to read.

use aws_sdk_dynamodb::{operation::query::builders::QueryFluentBuilder, types::AttributeValue};

use crate::keys::{BY_ORGANISATION, ORGANISATION_SHARD, START_ID, Table};

/// Sort keys.
#[derive(Debug, Clone)]
pub(crate) enum Range {
    /// All of the partition.
    All,
    /// Those that begin so.
    Prefix(String),
    /// From the first to the second, both included.
    Between(String, String),
}

/// Items of one partition in the order of their sort keys. A table is read consistently, the index cannot be.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    table: Table,
    of_index: bool,
    partition: String,
    range: Range,
    backward: bool,
    page_items: Option<i32>,
}

impl Query {
    pub fn new(table: Table, partition: impl Into<String>, range: Range) -> Self {
        Self { table, of_index: false, partition: partition.into(), range, backward: false, page_items: None }
    }

    /// Of the index [`BY_ORGANISATION`].
    pub fn by_organisation(organisation_shard: String, range: Range) -> Self {
        Self { of_index: true, ..Self::new(Table::TimeEntries, organisation_shard, range) }
    }

    /// From the last to the first.
    #[must_use]
    pub fn backward(self) -> Self {
        Self { backward: true, ..self }
    }

    /// So many items a page: fewer are read than a page of 1 MB holds.
    #[must_use]
    pub fn page_items(self, items: usize) -> Self {
        Self { page_items: i32::try_from(items).ok(), ..self }
    }

    pub(super) const fn table(&self) -> Table {
        self.table
    }

    pub(super) fn request(&self, builder: QueryFluentBuilder) -> QueryFluentBuilder {
        let (partition, sort) = if self.of_index {
            (ORGANISATION_SHARD, START_ID)
        } else {
            (self.table.partition_key(), self.table.sort_key())
        };
        let value = |text: &str| AttributeValue::S(text.to_owned());
        let mut builder = builder
            .set_index_name(self.of_index.then(|| BY_ORGANISATION.to_owned()))
            .consistent_read(!self.of_index)
            .scan_index_forward(!self.backward)
            .set_limit(self.page_items)
            .expression_attribute_names("#partition", partition)
            .expression_attribute_values(":partition", value(&self.partition));
        let condition = match &self.range {
            Range::All => "#partition = :partition",
            Range::Prefix(prefix) => {
                builder = builder.expression_attribute_values(":first", value(prefix));
                "#partition = :partition AND begins_with(#sort, :first)"
            }
            Range::Between(first, last) => {
                builder = builder
                    .expression_attribute_values(":first", value(first))
                    .expression_attribute_values(":last", value(last));
                "#partition = :partition AND #sort BETWEEN :first AND :last"
            }
        };
        if !matches!(self.range, Range::All) {
            builder = builder.expression_attribute_names("#sort", sort);
        }
        builder.key_condition_expression(condition)
    }
}
