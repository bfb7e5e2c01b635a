//! How core's values stand in columns. `Sql(value)` binds one, `row.get::<_, Sql<T>>(…)` reads one and refuses what
//! core would not have written.

use jiff::{Span, Timestamp, civil::Date};
use rusqlite::{
    Row, ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, Value, ValueRef},
};
use serde::{Serialize, de::DeserializeOwned};
use vibesheets_core::{
    AccountId, ClientId, CommandId, EntryId, ImportId, InvitationId, MemberId, OrganisationId, ProjectId,
    SessionId, StoreId, TagId, journal::Hash, time::Instant,
};

/// A value on its way into or out of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sql<T>(pub(crate) T);

/// A noun as JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Json<T>(pub(crate) T);

macro_rules! sixteen_byte_ids {
    ($($name:ident,)+) => {$(
        impl ToSql for Sql<$name> {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.0.as_bytes())))
            }
        }

        impl FromSql for Sql<$name> {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                <[u8; 16]>::column_result(value).map(|bytes| Self($name::from_bytes(bytes)))
            }
        }
    )+};
}

sixteen_byte_ids! {
    AccountId, ClientId, CommandId, EntryId, ImportId, InvitationId, MemberId, OrganisationId, ProjectId, SessionId,
    StoreId, TagId,
}

/// Whole seconds since the epoch.
impl ToSql for Sql<Instant> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.unix_seconds().into())
    }
}

impl FromSql for Sql<Instant> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Instant::from_unix_seconds(value.as_i64()?).map(Self).map_err(FromSqlError::other)
    }
}

/// Nanoseconds since the epoch; the years 1677 to 2262 fit.
impl ToSql for Sql<Timestamp> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        i64::try_from(self.0.as_nanosecond())
            .map(Into::into)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
    }
}

impl FromSql for Sql<Timestamp> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Timestamp::from_nanosecond(value.as_i64()?.into()).map(Self).map_err(FromSqlError::other)
    }
}

const EPOCH: Date = Date::constant(1970, 1, 1);

/// Days since 1970-01-01.
impl ToSql for Sql<Date> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(epoch_day(self.0).into())
    }
}

impl FromSql for Sql<Date> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        date_of_epoch_day(value.as_i64()?).map(Self)
    }
}

/// The number of days from 1970-01-01 to `date`.
pub(crate) fn epoch_day(date: Date) -> i64 {
    i64::from((date - EPOCH).get_days())
}

/// The date that many days after 1970-01-01.
pub(crate) fn date_of_epoch_day(days: i64) -> FromSqlResult<Date> {
    let span = Span::new().try_days(days).map_err(FromSqlError::other)?;
    EPOCH.checked_add(span).map_err(FromSqlError::other)
}

impl ToSql for Sql<Hash> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(&self.0.0)))
    }
}

impl FromSql for Sql<Hash> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        <[u8; 32]>::column_result(value).map(|bytes| Self(Hash(bytes)))
    }
}

impl<T: Serialize> ToSql for Json<&T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        serde_json::to_string(self.0)
            .map(|text| ToSqlOutput::Owned(Value::Text(text)))
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Self).map_err(FromSqlError::other)
    }
}

/// A column whose text `read` understands.
pub(crate) fn text<T, E>(
    row: &Row<'_>,
    column: usize,
    read: impl FnOnce(&str) -> Result<T, E>,
) -> rusqlite::Result<T>
where
    E: std::error::Error + Send + Sync + 'static,
{
    let value = row.get_ref(column)?;
    let refused = |error: Box<dyn std::error::Error + Send + Sync>| {
        rusqlite::Error::FromSqlConversionFailure(column, value.data_type(), error)
    };
    let text = value.as_str().map_err(|error| refused(Box::new(error)))?;
    read(text).map_err(|error| refused(Box::new(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_its_distance_from_the_first_of_january_1970_in_days() {
        for (text, days) in
            [("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2199-12-31", 84_005)]
        {
            let date: Date = text.parse().unwrap();
            assert_eq!(epoch_day(date), days, "{text}");
            assert_eq!(Sql::<Date>::column_result(ValueRef::Integer(days)).unwrap(), Sql(date), "{text}");
        }
    }

    #[test]
    fn a_day_or_second_that_core_would_not_write_is_refused() {
        for days in [i64::MAX, i64::from(i32::MAX), 7_304_485] {
            assert!(Sql::<Date>::column_result(ValueRef::Integer(days)).is_err());
        }
        assert!(Sql::<Instant>::column_result(ValueRef::Integer(0)).is_err());
    }
}
