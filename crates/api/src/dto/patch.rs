//! Fields of a `PATCH`: not given is not null.

use serde::{Deserialize, Deserializer};

/// For `Option` fields of a `PATCH`, beside `#[serde(default)]`: absent is `None`, null is for the inner type to take
/// or refuse. A nullable field is an `Option<Option<T>>`.
///
/// # Errors
/// The inner type's error.
pub fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
