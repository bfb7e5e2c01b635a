//! Erasing, through the instrument.

use async_trait::async_trait;
use vibesheets_core::{
    AccountId, MemberId,
    journal::Record,
    store::{Commit, Erasure, Erasures, Scope, StoreError},
};

use super::Instrumented;

#[async_trait]
impl Erasures for Instrumented {
    async fn erase(&self, scope: &Scope, erasure: Erasure) -> Result<(), StoreError> {
        self.write("erase", self.store.erase(scope, erasure)).await
    }

    async fn erase_entries(&self, scope: &Scope, member: MemberId) -> Result<(), StoreError> {
        self.write("erase_entries", self.store.erase_entries(scope, member)).await
    }

    async fn erase_account(&self, account: AccountId) -> Result<bool, StoreError> {
        self.write("erase_account", self.store.erase_account(account)).await
    }

    async fn empty_log(&self) -> Result<(), StoreError> {
        self.write("empty_log", self.store.empty_log()).await
    }

    async fn append_erased(&self, record: Record) -> Result<Commit, StoreError> {
        self.write("append_erased", self.store.append_erased(record)).await
    }
}
