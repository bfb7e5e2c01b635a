//! Which projects, clients and tags a file's names are.

use std::collections::HashMap;

use super::ids;
use crate::{
    Client, ClientId, Label, Name, OrganisationId, Project, ProjectId, Tag, TagId, import::ParsedFile,
    store::Directory,
};

/// A client whom the file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlannedClient {
    pub(super) id: ClientId,
    pub(super) name: Name,
    pub(super) new: bool,
}

/// A project that the file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlannedProject {
    pub(super) id: ProjectId,
    pub(super) name: Name,
    pub(super) client: Option<PlannedClient>,
    /// Whether rows that do not say are billable.
    pub(super) billable: bool,
    pub(super) new: bool,
}

/// A tag that the file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlannedTag {
    pub(super) id: TagId,
    pub(super) name: Label,
    pub(super) new: bool,
}

/// By client (lower case, empty for none) and name (lower case). A file without a `Client` column names a project by
/// its name alone: the one project of that name, or the one of several that has no client.
pub(super) fn match_projects(
    organisation: OrganisationId,
    file: &ParsedFile,
    directory: &Directory,
) -> Vec<PlannedProject> {
    let client_names: HashMap<ClientId, &Name> =
        directory.clients.iter().map(|client| (client.id, &client.name)).collect();
    let mut by_both: HashMap<(String, String), &Project> = HashMap::new();
    let mut by_name: HashMap<String, Vec<&Project>> = HashMap::new();
    for project in &directory.projects {
        let client = project.client_id.and_then(|id| client_names.get(&id)).map(|name| name.to_lowercase());
        by_both.insert((client.unwrap_or_default(), project.name.to_lowercase()), project);
        by_name.entry(project.name.to_lowercase()).or_default().push(project);
    }
    let by_id: HashMap<ProjectId, &Project> =
        directory.projects.iter().map(|project| (project.id, project)).collect();
    let clients = Clients::new(organisation, &directory.clients);
    let planned = |name: &crate::import::ProjectName| {
        let lower = name.name.to_lowercase();
        let client = name.client.as_deref().map(str::to_lowercase).unwrap_or_default();
        let derived = ids::project_id(organisation, name.client.as_deref(), &name.name);
        let only = match by_name.get(&lower).map(Vec::as_slice) {
            Some([only]) if !file.has_clients => Some(*only),
            _ => None,
        };
        let found =
            only.or_else(|| by_both.get(&(client, lower)).copied()).or_else(|| by_id.get(&derived).copied());
        match found {
            Some(project) => PlannedProject {
                id: project.id,
                name: project.name.clone(),
                client: None,
                billable: project.billable,
                new: false,
            },
            None => PlannedProject {
                id: derived,
                name: name.name.clone(),
                client: name.client.as_ref().map(|client| clients.find(client)),
                billable: false,
                new: true,
            },
        }
    };
    file.projects.iter().map(planned).collect()
}

struct Clients<'a> {
    organisation: OrganisationId,
    by_name: HashMap<String, &'a Client>,
    by_id: HashMap<ClientId, &'a Client>,
}

impl<'a> Clients<'a> {
    fn new(organisation: OrganisationId, clients: &'a [Client]) -> Self {
        Self {
            organisation,
            by_name: clients.iter().map(|client| (client.name.to_lowercase(), client)).collect(),
            by_id: clients.iter().map(|client| (client.id, client)).collect(),
        }
    }

    fn find(&self, name: &Name) -> PlannedClient {
        let derived = ids::client_id(self.organisation, name);
        match self.by_name.get(&name.to_lowercase()).or_else(|| self.by_id.get(&derived)) {
            Some(client) => PlannedClient { id: client.id, name: client.name.clone(), new: false },
            None => PlannedClient { id: derived, name: name.clone(), new: true },
        }
    }
}

pub(super) fn match_tags(organisation: OrganisationId, labels: &[Label], tags: &[Tag]) -> Vec<PlannedTag> {
    let by_name: HashMap<String, &Tag> = tags.iter().map(|tag| (tag.name.to_lowercase(), tag)).collect();
    let by_id: HashMap<TagId, &Tag> = tags.iter().map(|tag| (tag.id, tag)).collect();
    let planned = |label: &Label| {
        let derived = ids::tag_id(organisation, label);
        match by_name.get(&label.to_lowercase()).or_else(|| by_id.get(&derived)) {
            Some(tag) => PlannedTag { id: tag.id, name: tag.name.clone(), new: false },
            None => PlannedTag { id: derived, name: label.clone(), new: true },
        }
    };
    labels.iter().map(planned).collect()
}
