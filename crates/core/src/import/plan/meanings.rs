//! What a file's names mean in an organisation, and what has to be made for those that mean nothing yet.

use jiff::Timestamp;

use super::{
    nouns::{PlannedProject, PlannedTag, match_projects, match_tags},
    people::{PlannedMember, match_people},
};
use crate::{
    Client, Color, DurationFormat, EntryDraft, Labels, Locale, Member, OrganisationId, Project, Role, Tag,
    import::{ParsedFile, ParsedRow},
    journal::{DirectoryChange, Revision},
    store::Directory,
    time::Instant,
};

/// What a file's people, projects and tags are.
#[derive(Debug, Clone)]
pub struct Meanings {
    /// The members whom the file names, each once.
    pub members: Vec<PlannedMember>,
    /// For each person their place in `members`; `None` where several could be meant.
    pub(super) places: Vec<Option<u32>>,
    projects: Vec<PlannedProject>,
    tags: Vec<PlannedTag>,
}

/// Which of a file's people, projects and tags come in.
#[derive(Debug, Clone)]
pub struct Used {
    people: Vec<bool>,
    projects: Vec<bool>,
    /// Projects that have a billable row.
    billable: Vec<bool>,
    tags: Vec<bool>,
}

impl Used {
    /// Nothing of `file` yet.
    pub fn nothing(file: &ParsedFile) -> Self {
        Self {
            people: vec![false; file.people.len()],
            projects: vec![false; file.projects.len()],
            billable: vec![false; file.projects.len()],
            tags: vec![false; file.tags.len()],
        }
    }

    /// What `row` names, too.
    pub fn add(&mut self, row: &ParsedRow) {
        self.people[row.person as usize] = true;
        if let Some(project) = row.project {
            self.projects[project as usize] = true;
            self.billable[project as usize] |= row.billable == Some(true);
        }
        for tag in &row.tags {
            self.tags[*tag as usize] = true;
        }
    }
}

impl Meanings {
    /// Finds them in `directory`.
    pub fn new(file: &ParsedFile, organisation: OrganisationId, directory: &Directory) -> Self {
        let (members, places) = match_people(organisation, &file.people, &directory.members);
        Self {
            members,
            places,
            projects: match_projects(organisation, file, directory),
            tags: match_tags(organisation, &file.tags, &directory.tags),
        }
    }

    /// Whether the names mean the same in `other`: the same members, projects and labels.
    pub fn means_the_same_as(&self, other: &Self) -> bool {
        let member = |of: &Self, place: &Option<u32>| place.map(|place| of.members[place as usize].id);
        self.places
            .iter()
            .map(|place| member(self, place))
            .eq(other.places.iter().map(|place| member(other, place)))
            && self
                .projects
                .iter()
                .map(|project| project.id)
                .eq(other.projects.iter().map(|project| project.id))
            && self.tags.iter().map(|tag| &tag.name).eq(other.tags.iter().map(|tag| &tag.name))
    }

    /// What the entry of `row` says, from `start` to `end`.
    pub fn draft(&self, row: &ParsedRow, start: Instant, end: Instant) -> EntryDraft {
        let project = row.project.map(|place| &self.projects[place as usize]);
        let labels = row.tags.iter().map(|place| self.tags[*place as usize].name.clone()).collect();
        EntryDraft {
            start,
            end: Some(end),
            time_zone: row.time_zone.clone(),
            project_id: project.map(|project| project.id),
            note: row.note.clone(),
            // No more than the row had when it was read, which was few enough.
            tags: Labels::new(labels).expect("labels that were counted when they were read"),
            billable: row.billable.unwrap_or_else(|| project.is_some_and(|project| project.billable)),
        }
    }

    /// The nouns that have to be made before the `used` rows can come in; what others need comes first.
    pub fn new_nouns(
        &self,
        file: &ParsedFile,
        used: &Used,
        directory: &Directory,
        now: Timestamp,
    ) -> Vec<DirectoryChange> {
        let new_projects: Vec<(&PlannedProject, bool)> = self
            .projects
            .iter()
            .enumerate()
            .filter(|(place, project)| project.new && used.projects[*place])
            .map(|(place, project)| (project, used.billable[place]))
            .collect();
        let mut clients: Vec<_> = new_projects
            .iter()
            .filter_map(|(project, _)| project.client.as_ref().filter(|client| client.new))
            .collect();
        clients.sort_by_key(|client| client.id);
        clients.dedup_by_key(|client| client.id);
        let clients = clients.into_iter().map(|client| {
            let (id, name) = (client.id, client.name.clone());
            DirectoryChange::Client(created(Client { id, name, archived: false, version: 1 }))
        });
        let projects = new_projects.into_iter().enumerate().map(|(index, (project, billable))| {
            DirectoryChange::Project(created(Project {
                id: project.id,
                name: project.name.clone(),
                client_id: project.client.as_ref().map(|client| client.id),
                color: Color::for_index(directory.projects.len() + index),
                billable,
                archived: false,
                version: 1,
            }))
        });
        let tags = self.tags.iter().enumerate().filter(|(place, tag)| tag.new && used.tags[*place]).map(
            |(_, tag)| {
                DirectoryChange::Tag(created(Tag {
                    id: tag.id,
                    name: tag.name.clone(),
                    archived: false,
                    version: 1,
                }))
            },
        );
        let members =
            self.new_members(used).map(|member| DirectoryChange::Member(created(made(member, file, now))));
        clients.chain(projects).chain(tags).chain(members).collect()
    }

    fn new_members(&self, used: &Used) -> impl Iterator<Item = &PlannedMember> {
        let mut wanted = vec![false; self.members.len()];
        for (_, place) in used.people.iter().zip(&self.places).filter(|(used, _)| **used) {
            if let Some(place) = place {
                wanted[*place as usize] = true;
            }
        }
        self.members
            .iter()
            .zip(wanted)
            .filter(|(member, wanted)| *wanted && member.new)
            .map(|(member, _)| member)
    }
}

fn created<T>(after: T) -> Revision<T> {
    Revision { before: None, after }
}

/// A member without a sign-in; an invitation gives them one.
fn made(member: &PlannedMember, file: &ParsedFile, now: Timestamp) -> Member {
    Member {
        id: member.id,
        account: None,
        name: member.name.clone(),
        email: member.email.clone(),
        role: Role::Member,
        time_zone: file.time_zone.clone(),
        locale: Locale::default(),
        duration_format: DurationFormat::default(),
        archived: false,
        erased: false,
        version: 1,
        created_at: now,
    }
}
