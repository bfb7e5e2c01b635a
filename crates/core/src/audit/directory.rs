//! An organisation's nouns against its stream.

use std::{collections::BTreeMap, fmt::Display};

use super::{
    Audit, Finding, Place, Source, Told, half_erased,
    walk::{Walked, walk},
};
use crate::{
    Client, Import, Invitation, Member, MemberId, Organisation, OrganisationId, Project, Tag,
    journal::{Actor, DirectoryChange, PayloadBody, Revision, StreamId},
    store::{Directory, Scope, StoreError},
};

#[derive(Default)]
pub(super) struct Folded {
    organisation: BTreeMap<String, Organisation>,
    members: BTreeMap<String, Member>,
    projects: BTreeMap<String, Project>,
    clients: BTreeMap<String, Client>,
    tags: BTreeMap<String, Tag>,
    invitations: BTreeMap<String, Invitation>,
    imports: BTreeMap<String, Import>,
}

pub(super) async fn audit(
    store: &(impl Source + ?Sized),
    stream: StreamId,
    organisation: OrganisationId,
    audit: &mut Audit,
    told: &mut Told,
    findings: &mut Vec<Finding>,
) -> Result<(), StoreError> {
    let mut folded = Folded::default();
    let mut parts = PersonalParts::default();
    let walked = walk(
        store,
        stream,
        told.committed.of(stream),
        audit,
        findings,
        |place, operation, sealed, findings| match sealed.changes {
            PayloadBody::Directory(changes) => {
                parts.see(place, &sealed.persons, &sealed.erased);
                changes.into_iter().for_each(|change| match change {
                    DirectoryChange::Heads(heads) => told.committed.add(&heads, place, findings),
                    change => {
                        let fault = told.erased.see(organisation, operation, &change);
                        findings.extend(fault.map(|what| Finding::new(place, what)));
                        folded.apply(place, change, findings);
                    }
                });
            }
            _ => findings.push(Finding::new(place, "holds something other than an organisation's changes")),
        },
    )
    .await?;
    let Walked::Whole(whole) = walked.without_erasures(stream, findings) else { return Ok(()) };
    if !told.erased.is_somebody_of(organisation) {
        findings.extend(whole.without_answer);
    }
    parts.audit(|member| told.erased.is_member(organisation, member), findings);
    let scope = Scope { organisation, actor: Actor::System };
    let Some(directory) = store.load_directory(&scope).await? else {
        findings.push(Finding::new(Place::stream(stream), "the organisation is missing"));
        return Ok(());
    };
    directory.members.iter().for_each(|member| told.streams.tell_of(organisation, member));
    folded.compare(store, &scope, directory, stream, findings).await
}

/// Where names and addresses are, and where they are not any more.
#[derive(Default)]
struct PersonalParts {
    there: Vec<(Place, MemberId)>,
    gone: Vec<(Place, MemberId)>,
}

impl PersonalParts {
    fn see(&mut self, place: Place, there: &[MemberId], gone: &[MemberId]) {
        // Most are there and stay: one place of each is enough.
        self.there.retain(|(_, member)| !there.contains(member));
        self.there.extend(there.iter().map(|member| (place, *member)));
        self.gone.extend(gone.iter().map(|member| (place, *member)));
    }

    fn audit(self, is_erased: impl Fn(MemberId) -> bool, findings: &mut Vec<Finding>) {
        for (place, member) in self.there.into_iter().filter(|(_, member)| is_erased(*member)) {
            findings.push(Finding::new(place, half_erased(member)));
        }
        for (place, member) in self.gone.into_iter().filter(|(_, member)| !is_erased(*member)) {
            let what = format!("name and address of member {member} are missing, who was not erased");
            findings.push(Finding::new(place, what));
        }
    }
}

impl Folded {
    pub(super) fn apply(&mut self, place: Place, change: DirectoryChange, findings: &mut Vec<Finding>) {
        let continues = match change {
            DirectoryChange::Organisation(revision) => {
                put(&mut self.organisation, revision.after.id, revision)
            }
            DirectoryChange::Member(revision) => put(&mut self.members, revision.after.id, revision),
            DirectoryChange::Project(revision) => put(&mut self.projects, revision.after.id, revision),
            DirectoryChange::Client(revision) => put(&mut self.clients, revision.after.id, revision),
            DirectoryChange::Tag(revision) => put(&mut self.tags, revision.after.id, revision),
            DirectoryChange::Invitation(revision) => put(&mut self.invitations, revision.after.id, revision),
            DirectoryChange::Import(revision) => put(&mut self.imports, revision.after.id, revision),
            // Tells of other streams, and of nothing that this one holds.
            DirectoryChange::Heads(_) => Ok(()),
        };
        if let Err(id) = continues {
            findings.push(Finding::new(place, format!("{id} does not continue its version before")));
        }
    }

    async fn compare(
        self,
        store: &(impl Source + ?Sized),
        scope: &Scope,
        directory: Directory,
        stream: StreamId,
        findings: &mut Vec<Finding>,
    ) -> Result<(), StoreError> {
        let mut held = Held { stream, findings };
        held.against("organisation", self.organisation, vec![directory.organisation], |noun| {
            noun.id.to_string()
        });
        held.against("member", self.members, directory.members, |noun| noun.id.to_string());
        held.against("project", self.projects, directory.projects, |noun| noun.id.to_string());
        held.against("client", self.clients, directory.clients, |noun| noun.id.to_string());
        held.against("tag", self.tags, directory.tags, |noun| noun.id.to_string());
        held.against("import", self.imports, store.list_imports(scope).await?, |noun| noun.id.to_string());
        let mut invitations = Vec::new();
        for invitation in self.invitations.values() {
            invitations.extend(store.find_invitation(scope, invitation.id).await?);
        }
        held.against("invitation", self.invitations, invitations, |noun| noun.id.to_string());
        Ok(())
    }
}

struct Held<'a> {
    stream: StreamId,
    findings: &'a mut Vec<Finding>,
}

impl Held<'_> {
    fn against<T: PartialEq>(
        &mut self,
        what: &str,
        mut folded: BTreeMap<String, T>,
        stored: Vec<T>,
        id: impl Fn(&T) -> String,
    ) {
        let place = Place::stream(self.stream);
        for noun in stored {
            let id = id(&noun);
            match folded.remove(&id) {
                Some(expected) if expected == noun => {}
                Some(_) => {
                    let what =
                        format!("{what} {id} is not what the journal says: it was changed outside of it");
                    self.findings.push(Finding::new(place, what));
                }
                None => self.findings.push(Finding::new(place, format!("{what} {id} is not in the journal"))),
            }
        }
        for id in folded.into_keys() {
            self.findings.push(Finding::new(place, format!("{what} {id} is in the journal but is missing")));
        }
    }
}

/// The id, where the revision does not continue what was there.
fn put<T: PartialEq>(
    map: &mut BTreeMap<String, T>,
    id: impl Display,
    revision: Revision<T>,
) -> Result<(), String> {
    let id = id.to_string();
    let before = map.insert(id.clone(), revision.after);
    if before == revision.before { Ok(()) } else { Err(id) }
}
