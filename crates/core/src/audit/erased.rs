//! Who was erased, by what organisations' streams say. What may be missing of a journal is theirs and nobody else's.

use std::collections::HashSet;

use crate::{
    AccountId, Member, MemberId, OrganisationId,
    journal::{DirectoryChange, Revision},
};

/// Erased people, by their ids.
#[derive(Debug, Default)]
pub(super) struct Erased {
    members: HashSet<(OrganisationId, MemberId)>,
    accounts: HashSet<AccountId>,
}

impl Erased {
    pub fn see(&mut self, organisation: OrganisationId, change: &DirectoryChange) {
        if let DirectoryChange::Member(Revision { before, after }) = change
            && after.erased
        {
            self.members.insert((organisation, after.id));
            self.accounts.extend(before.as_ref().and_then(|before: &Member| before.account));
        }
    }

    pub fn is_member(&self, organisation: OrganisationId, member: MemberId) -> bool {
        self.members.contains(&(organisation, member))
    }

    /// The account may still be somebody's elsewhere: then nothing of it is erased.
    pub fn may_be_account(&self, account: AccountId) -> bool {
        self.accounts.contains(&account)
    }
}
