//! What the ids in entries are called.

use std::collections::HashMap;

use vibesheets_core::{Client, ClientId, Entry, Member, MemberId, Project, ProjectId, store::Directory};

/// An organisation's members, projects and clients by id.
#[derive(Debug)]
pub struct Names {
    members: HashMap<MemberId, Member>,
    projects: HashMap<ProjectId, Project>,
    clients: HashMap<ClientId, Client>,
}

impl From<Directory> for Names {
    fn from(directory: Directory) -> Self {
        Self {
            members: directory.members.into_iter().map(|member| (member.id, member)).collect(),
            projects: directory.projects.into_iter().map(|project| (project.id, project)).collect(),
            clients: directory.clients.into_iter().map(|client| (client.id, client)).collect(),
        }
    }
}

impl Names {
    pub(super) fn member(&self, entry: &Entry) -> &str {
        self.members.get(&entry.member_id).map_or("", |member| &member.name)
    }

    pub(super) fn email(&self, entry: &Entry) -> &str {
        self.members.get(&entry.member_id).and_then(|member| member.email.as_deref()).unwrap_or("")
    }

    pub(super) fn project(&self, entry: &Entry) -> &str {
        self.project_of(entry).map_or("", |project| &project.name)
    }

    pub(super) fn client(&self, entry: &Entry) -> &str {
        let client = self.project_of(entry).and_then(|project| self.clients.get(&project.client_id?));
        client.map_or("", |client| &client.name)
    }

    fn project_of(&self, entry: &Entry) -> Option<&Project> {
        self.projects.get(&entry.project_id?)
    }
}
