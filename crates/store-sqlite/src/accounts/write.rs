//! Writing sign-ins with the records that tell of them.

use rusqlite::params;
use vibesheets_core::{
    Account,
    journal::{Append, Revision, StreamId},
    store::{Commit, Scope, SignUpWrite, StoreError},
};

use super::read::is_empty;
use crate::{
    Failure,
    directory::write_directory,
    erasure,
    failure::is_duplicate,
    journal,
    sql::{Json, Sql},
    writer::Write,
};

/// The account, then the organisation that it takes a place in; both records share the commit's number.
pub(super) fn sign_up(write: &Write<'_>, scope: &Scope, sign_up: &SignUpWrite) -> Result<Commit, Failure> {
    if sign_up.only_if_store_is_empty && !is_empty(write.connection)? {
        return Err(StoreError::AlreadyExists { what: "store" }.into());
    }
    if let Some((append, revision)) = &sign_up.account {
        account(write, append, revision)?;
    }
    write_directory(write, scope, &sign_up.directory)
}

/// A new or changed account.
pub(crate) fn account(
    write: &Write<'_>,
    append: &Append,
    revision: &Revision<Account>,
) -> Result<Commit, Failure> {
    let stream = append.record.stream;
    let Revision { before, after } = revision;
    if stream != StreamId::Account(after.id) {
        return Err(StoreError::Internal(format!("a record of {stream} for account {}", after.id)).into());
    }
    journal::append(write, &append.record, Some(&append.payload))?;
    let sql = if before.is_some() {
        // Not one that was erased meanwhile.
        "UPDATE accounts SET email = ?2, body = ?3 WHERE id = ?1 AND email <> ?4"
    } else {
        "INSERT INTO accounts (id, email, body) SELECT ?1, ?2, ?3 WHERE ?2 <> ?4"
    };
    let written = write.connection.prepare_cached(sql)?.execute(params![
        Sql(after.id),
        &*after.email,
        Json(after),
        erasure::no_address(after.id)
    ]);
    match written {
        Ok(1) => Ok(Commit { number: Some(write.number) }),
        Ok(_) => Err(journal::conflict(write, stream)),
        Err(error) if is_duplicate(&error) => Err(StoreError::AlreadyExists { what: "account" }.into()),
        Err(error) => Err(error.into()),
    }
}
