//! Who was erased, by what organisations' streams say. What may be missing of a journal is theirs and nobody else's.

use std::collections::{HashMap, HashSet};

use crate::{
    AccountId, Member, MemberId, OrganisationId,
    journal::{DirectoryChange, Operation, Revision},
};

/// Erased people, by their ids.
#[derive(Debug, Default)]
pub(crate) struct Erased {
    members: HashSet<(OrganisationId, MemberId)>,
    organisations: HashSet<OrganisationId>,
    /// Sign-ins that they had.
    accounts: HashSet<AccountId>,
    /// Which members a sign-in is.
    members_of: HashMap<AccountId, HashSet<MemberId>>,
}

impl Erased {
    /// Takes the next change of an organisation; what is wrong with one that says or takes back that somebody is erased.
    pub fn see(
        &mut self,
        organisation: OrganisationId,
        operation: Operation,
        change: &DirectoryChange,
    ) -> Option<&'static str> {
        let DirectoryChange::Member(Revision { before, after }) = change else { return None };
        let was_erased = before.as_ref().is_some_and(|before| before.erased);
        let account_before = before.as_ref().and_then(|before: &Member| before.account);
        if let Some(account) = account_before {
            self.members_of.entry(account).or_default().remove(&after.id);
        }
        if let Some(account) = after.account {
            self.members_of.entry(account).or_default().insert(after.id);
        }
        match (was_erased, after.erased) {
            (true, false) => Some("brings back a member who was erased"),
            (false, true) if operation != Operation::MemberErase => {
                Some("says that a member is erased, and is no erasure")
            }
            (_, true) => {
                self.members.insert((organisation, after.id));
                self.organisations.insert(organisation);
                self.accounts.extend(account_before);
                None
            }
            (false, false) => None,
        }
    }

    pub fn is_member(&self, organisation: OrganisationId, member: MemberId) -> bool {
        self.members.contains(&(organisation, member))
    }

    pub fn is_somebody_of(&self, organisation: OrganisationId) -> bool {
        self.organisations.contains(&organisation)
    }

    /// A sign-in goes with the last member that it was.
    pub fn is_account(&self, account: AccountId) -> bool {
        self.accounts.contains(&account) && self.members_of.get(&account).is_none_or(HashSet::is_empty)
    }
}
