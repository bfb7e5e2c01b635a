//! People, projects and tags of a file, each once.

use std::collections::HashMap;

use super::columns::Column;
use crate::{Email, InvalidText, Label, Name};

/// A person as a file names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their name; their address where the file has no name.
    pub name: Name,
    /// Their address.
    pub email: Option<Email>,
}

/// A project as a file names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectName {
    /// Who pays.
    pub client: Option<Name>,
    /// Its name.
    pub name: Name,
}

/// People, projects and tags in the order in which they first occur; letter case makes no difference.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) people: Vec<Person>,
    pub(super) projects: Vec<ProjectName>,
    pub(super) tags: Vec<Label>,
    person_at: HashMap<String, u32>,
    project_at: HashMap<(String, String), u32>,
    tag_at: HashMap<String, u32>,
}

impl Names {
    pub(super) fn person(&mut self, name: &str, email: &str) -> Result<u32, (Column, InvalidText)> {
        let email = if email.trim().is_empty() {
            None
        } else {
            Some(Email::new(email).map_err(|error| (Column::Email, error))?)
        };
        let name = match &email {
            Some(email) if name.trim().is_empty() => {
                Name::new(&email.chars().take(Name::LONGEST).collect::<String>())
            }
            _ => Name::new(name),
        };
        let name = name.map_err(|error| (Column::Person, error))?;
        let key =
            email.as_ref().map_or_else(|| format!("n{}", name.to_lowercase()), |email| format!("e{email}"));
        let next = place(self.people.len());
        Ok(*self.person_at.entry(key).or_insert_with(|| {
            self.people.push(Person { name, email });
            next
        }))
    }

    pub(super) fn project(&mut self, client: &str, name: &str) -> Result<Option<u32>, (Column, InvalidText)> {
        if name.trim().is_empty() {
            return Ok(None);
        }
        let name = Name::new(name).map_err(|error| (Column::Project, error))?;
        let client = if client.trim().is_empty() {
            None
        } else {
            Some(Name::new(client).map_err(|error| (Column::Client, error))?)
        };
        let key = (client.as_deref().map(str::to_lowercase).unwrap_or_default(), name.to_lowercase());
        let next = place(self.projects.len());
        Ok(Some(*self.project_at.entry(key).or_insert_with(|| {
            self.projects.push(ProjectName { client, name });
            next
        })))
    }

    pub(super) fn tag(&mut self, label: &Label) -> u32 {
        let next = place(self.tags.len());
        *self.tag_at.entry(label.to_lowercase()).or_insert_with(|| {
            self.tags.push(label.clone());
            next
        })
    }
}

/// A file of 32 MiB has fewer names than this type has numbers.
fn place(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
