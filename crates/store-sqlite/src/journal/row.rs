//! A record as a row, and a stream as a key.

use jiff::Timestamp;
use rusqlite::{
    Row, ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, Value, ValueRef},
};
use vibesheets_core::{
    AccountId, MemberId, OrganisationId,
    journal::{Actor, Head, Operation, Payload, Record, StreamId},
    store::StoredRecord,
};

use crate::sql::{Sql, text};

/// What [`stored_record`] reads, in its order.
pub(super) const COLUMNS: &str =
    "seq, hash, time, previous, digest, actor, operation, command, salt, body, commit_number";

const ORGANISATION: u8 = 1;
const MEMBER: u8 = 2;
const ACCOUNT: u8 = 3;

/// One byte for the kind, then the ids: keys sort as streams do.
impl ToSql for Sql<StreamId> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let key = match &self.0 {
            StreamId::Organisation(organisation) => [&[ORGANISATION], &organisation.as_bytes()[..]].concat(),
            StreamId::Member(organisation, member) => {
                [&[MEMBER], &organisation.as_bytes()[..], &member.as_bytes()[..]].concat()
            }
            StreamId::Account(account) => [&[ACCOUNT], &account.as_bytes()[..]].concat(),
        };
        Ok(ToSqlOutput::Owned(Value::Blob(key)))
    }
}

impl FromSql for Sql<StreamId> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let key = value.as_blob()?;
        let (kind, ids) = key.split_first().ok_or(FromSqlError::InvalidType)?;
        let (ids, rest) = ids.as_chunks::<16>();
        match (*kind, ids, rest) {
            (ORGANISATION, [id], []) => Ok(StreamId::Organisation(OrganisationId::from_bytes(*id))),
            (MEMBER, [organisation, member], []) => {
                Ok(StreamId::Member(OrganisationId::from_bytes(*organisation), MemberId::from_bytes(*member)))
            }
            (ACCOUNT, [id], []) => Ok(StreamId::Account(AccountId::from_bytes(*id))),
            _ => Err(FromSqlError::InvalidType),
        }
        .map(Self)
    }
}

/// A time of the journal: whole microseconds since the epoch.
pub(super) struct Microseconds(pub(super) Timestamp);

impl ToSql for Microseconds {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.as_microsecond().into())
    }
}

impl FromSql for Microseconds {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Timestamp::from_microsecond(value.as_i64()?).map(Self).map_err(FromSqlError::other)
    }
}

/// The first three of [`COLUMNS`].
pub(super) fn head(row: &Row<'_>) -> rusqlite::Result<Head> {
    Ok(Head { seq: row.get(0)?, hash: row.get::<_, Sql<_>>(1)?.0, time: row.get::<_, Microseconds>(2)?.0 })
}

/// All of [`COLUMNS`].
pub(super) fn stored_record(stream: StreamId, row: &Row<'_>) -> rusqlite::Result<StoredRecord> {
    let Head { seq, hash, time } = head(row)?;
    let record = Record {
        stream,
        seq,
        time,
        actor: text(row, 5, str::parse::<Actor>)?,
        operation: operation(row, 6)?,
        command: row.get::<_, Sql<_>>(7)?.0,
        digest: row.get::<_, Sql<_>>(4)?.0,
        previous: row.get::<_, Sql<_>>(3)?.0,
        hash,
    };
    let payload = payload(row, 8)?;
    Ok(StoredRecord { record, payload, commit: Some(row.get(10)?) })
}

/// The operation in column `index`.
pub(super) fn operation(row: &Row<'_>, index: usize) -> rusqlite::Result<Operation> {
    text(row, index, str::parse)
}

/// The payload whose salt is in column `salt` and whose body is in the next; `None` once erased.
pub(super) fn payload(row: &Row<'_>, salt: usize) -> rusqlite::Result<Option<Payload>> {
    Ok(match (row.get(salt)?, row.get(salt + 1)?) {
        (Some(salt), Some(body)) => Some(Payload { salt, body }),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stream_keys_read_back_and_sort_as_streams_do() {
        let organisations = [1, 2].map(|byte| OrganisationId::from_bytes([byte; 16]));
        let members = [3, 1].map(|byte| MemberId::from_bytes([byte; 16]));
        let mut streams = vec![StreamId::Account(AccountId::from_bytes([0; 16]))];
        for organisation in organisations {
            streams.push(StreamId::Organisation(organisation));
            streams.extend(members.map(|member| StreamId::Member(organisation, member)));
        }
        streams.sort();
        let keys: Vec<Vec<u8>> = streams
            .iter()
            .map(|stream| match Sql(*stream).to_sql() {
                Ok(ToSqlOutput::Owned(Value::Blob(key))) => key,
                other => panic!("{other:?}"),
            })
            .collect();
        assert!(keys.is_sorted());
        for (key, stream) in keys.iter().zip(streams) {
            assert_eq!(Sql::<StreamId>::column_result(ValueRef::Blob(key)), Ok(Sql(stream)));
        }
    }

    #[test]
    fn a_key_of_another_length_or_kind_is_no_stream() {
        for key in [&[][..], &[1], &[2; 17], &[4; 17], &[1; 33]] {
            assert!(Sql::<StreamId>::column_result(ValueRef::Blob(key)).is_err(), "{key:?}");
        }
    }
}
