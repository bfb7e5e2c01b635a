//! Items: reading and writing their attributes.

use std::{collections::HashMap, fmt::Display, str::FromStr};

use aws_sdk_dynamodb::{primitives::Blob, types::AttributeValue};
use serde::{Serialize, de::DeserializeOwned};
use vibesheets_core::{journal::Hash, store::StoreError};

use crate::keys::{EMAIL, Key};

/// An item's attributes by name.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// The JSON of a noun.
pub(crate) const BODY: &str = "body";

/// An item that is written.
#[derive(Debug, Clone)]
pub(crate) struct NewItem {
    pub key: Key,
    pub attributes: Item,
}

impl NewItem {
    /// With nothing but its key.
    pub fn new(key: Key) -> Self {
        let attributes = HashMap::from([
            (key.table.partition_key().to_owned(), AttributeValue::S(key.partition.clone())),
            (key.table.sort_key().to_owned(), AttributeValue::S(key.sort.clone())),
        ]);
        Self { key, attributes }
    }

    pub fn text(mut self, name: &str, value: impl Display) -> Self {
        self.attributes.insert(name.to_owned(), AttributeValue::S(value.to_string()));
        self
    }

    pub fn number(mut self, name: &str, value: impl Into<i128>) -> Self {
        self.attributes.insert(name.to_owned(), AttributeValue::N(value.into().to_string()));
        self
    }

    pub fn bytes(mut self, name: &str, value: impl Into<Vec<u8>>) -> Self {
        self.attributes.insert(name.to_owned(), AttributeValue::B(Blob::new(value)));
        self
    }

    pub fn body(self, noun: &impl Serialize) -> Self {
        // Every noun has string keys and no failing serializer.
        self.text(BODY, serde_json::to_string(noun).expect("a noun is always JSON"))
    }
}

/// An item as it was read, of a kind and key to name where it is damaged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'a> {
    item: &'a Item,
    what: &'static str,
}

impl<'a> Reading<'a> {
    pub const fn new(what: &'static str, item: &'a Item) -> Self {
        Self { item, what }
    }

    /// The attribute is missing, of another type, or says nothing that was ever written.
    pub fn damaged(&self, name: &str) -> StoreError {
        let mut keys: Vec<String> = self
            .item
            .iter()
            .filter(|(name, _)| crate::keys::Table::ALL.iter().any(|table| is_key(*table, name)))
            .filter_map(|(_, value)| value.as_s().ok().map(|key| loggable(key)))
            .collect();
        keys.sort_unstable();
        StoreError::Corrupt { what: self.what, key: format!("{} (attribute {name})", keys.join(" ")) }
    }

    pub fn text(&self, name: &str) -> Result<&'a str, StoreError> {
        self.find_text(name).ok_or_else(|| self.damaged(name))
    }

    pub fn find_text(&self, name: &str) -> Option<&'a str> {
        self.item.get(name)?.as_s().ok().map(String::as_str)
    }

    pub fn parsed<T: FromStr>(&self, name: &str) -> Result<T, StoreError> {
        self.text(name)?.parse().map_err(|_| self.damaged(name))
    }

    pub fn number<T: FromStr>(&self, name: &str) -> Result<T, StoreError> {
        let number = self.item.get(name).and_then(|value| value.as_n().ok());
        number.and_then(|number| number.parse().ok()).ok_or_else(|| self.damaged(name))
    }

    pub fn bytes(&self, name: &str) -> Result<&'a [u8], StoreError> {
        self.find_bytes(name).ok_or_else(|| self.damaged(name))
    }

    pub fn find_bytes(&self, name: &str) -> Option<&'a [u8]> {
        self.item.get(name)?.as_b().ok().map(Blob::as_ref)
    }

    pub fn array<const N: usize>(&self, name: &str) -> Result<[u8; N], StoreError> {
        self.bytes(name)?.try_into().map_err(|_| self.damaged(name))
    }

    pub fn body<T: DeserializeOwned>(&self) -> Result<T, StoreError> {
        serde_json::from_str(self.text(BODY)?).map_err(|_| self.damaged(BODY))
    }

    pub fn has(&self, name: &str) -> bool {
        self.item.contains_key(name)
    }
}

/// Errors go into the log, and no address does.
fn loggable(key: &str) -> String {
    match key.strip_prefix(EMAIL) {
        Some(address) => format!("{EMAIL}{}", Hash::of(&[address.as_bytes()])),
        None => key.to_owned(),
    }
}

fn is_key(table: crate::keys::Table, name: &str) -> bool {
    name == table.partition_key() || name == table.sort_key()
}

/// The noun in an item's body.
pub(crate) fn noun<T: DeserializeOwned>(what: &'static str, item: &Item) -> Result<T, StoreError> {
    Reading::new(what, item).body()
}

#[cfg(test)]
mod tests {
    use vibesheets_core::Email;

    use super::*;
    use crate::keys::Table;

    #[test]
    fn a_damaged_item_is_named_without_anybodys_address() {
        let email = Email::new("ada@example.com").expect("an address");
        let item = NewItem::new(Key::new(Table::Accounts, format_args!("{EMAIL}{}", &*email), "EMAIL"));
        let damaged = Reading::new("address", &item.attributes).damaged("holder").to_string();
        assert!(!damaged.contains("ada"), "{damaged}");
        let digest = Hash::of(&[email.as_bytes()]).to_string();
        assert!(damaged.contains(&format!("email#{digest} (attribute holder)")), "{damaged}");
    }
}
