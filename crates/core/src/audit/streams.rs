//! Streams that must be there because others tell of them: a stream that is not listed is not walked, and nobody would miss it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Place, Source};
use crate::{
    AccountId, Member, MemberId, OrganisationId,
    journal::{Actor, StreamId},
    store::{Scope, StoreError},
};

/// Streams that are there, and those that others tell of.
#[derive(Debug, Default)]
pub(super) struct Streams {
    walked: BTreeSet<StreamId>,
    members: Vec<(OrganisationId, MemberId)>,
    /// Sign-ins, each with a member whose it is.
    accounts: BTreeMap<AccountId, MemberId>,
}

impl Streams {
    /// A stream is there.
    pub fn walk(&mut self, stream: StreamId) {
        self.walked.insert(stream);
    }

    /// Whether it is there.
    pub fn is_walked(&self, stream: StreamId) -> bool {
        self.walked.contains(&stream)
    }

    /// An organisation shows a member.
    pub fn tell_of(&mut self, organisation: OrganisationId, member: &Member) {
        self.members.push((organisation, member.id));
        self.accounts.extend(member.account.map(|account| (account, member.id)));
    }

    /// To be told once all that are listed were walked.
    pub async fn audit(
        &self,
        store: &(impl Source + ?Sized),
        findings: &mut Vec<Finding>,
    ) -> Result<(), StoreError> {
        let organisations: BTreeSet<OrganisationId> =
            self.walked.iter().filter_map(organisation_of).collect();
        for stream in organisations.into_iter().map(StreamId::Organisation) {
            if !self.is_walked(stream) {
                findings.push(Finding::new(
                    Place::stream(stream),
                    "the stream of members who have one is missing",
                ));
            }
        }
        for (account, member) in &self.accounts {
            let stream = StreamId::Account(*account);
            if !self.is_walked(stream) {
                let what = format!("the stream is missing; it is the sign-in of member {member}");
                findings.push(Finding::new(Place::stream(stream), what));
            }
        }
        for (organisation, member) in self.members.iter().copied() {
            let stream = StreamId::Member(organisation, member);
            if self.is_walked(stream) {
                continue;
            }
            match remains_of(store, organisation, member).await {
                Err(StoreError::Corrupt { what, key }) => {
                    findings
                        .push(Finding::new(Place::stream(stream), format!("{what} {key} cannot be read")));
                }
                found => findings.extend(found?.map(|what| Finding::new(Place::stream(stream), what))),
            }
        }
        Ok(())
    }
}

/// What there is of a member whose stream is not listed, and must not be. Who never had time recorded has none.
async fn remains_of(
    store: &(impl Source + ?Sized),
    organisation: OrganisationId,
    member: MemberId,
) -> Result<Option<&'static str>, StoreError> {
    if store.head(StreamId::Member(organisation, member)).await?.seq > 0 {
        return Ok(Some("its first record is missing"));
    }
    let scope = Scope { organisation, actor: Actor::System };
    let entries = store.list_member_entries(&scope, member, None, 1).await?;
    Ok((!entries.is_empty()).then_some("there are entries but no journal"))
}

fn organisation_of(stream: &StreamId) -> Option<OrganisationId> {
    match stream {
        StreamId::Member(organisation, _) => Some(*organisation),
        StreamId::Organisation(_) | StreamId::Account(_) => None,
    }
}
