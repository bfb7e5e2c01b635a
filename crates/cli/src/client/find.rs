//! Finding what people name: by id, or by a name or address in any letter case.

use super::{
    Client,
    replies::{Member, Members, Project, Projects},
};
use crate::failure::Failure;

/// The project that `named` means.
///
/// # Errors
/// [`Failure`] where there is none, or more than one.
pub fn project_by(client: &Client, named: &str) -> Result<Project, Failure> {
    let Projects { projects } = client.get("/projects")?.read()?;
    let spellings = |project: &Project| vec![project.id.clone(), project.name.clone()];
    one(projects, "project", named, spellings, |project| project.archived)
}

/// The member that `named` means.
///
/// # Errors
/// [`Failure`] where there is none, or more than one.
pub fn member_by(client: &Client, named: &str) -> Result<Member, Failure> {
    let Members { members } = client.get("/members")?.read()?;
    let spellings = |member: &Member| -> Vec<String> {
        [Some(member.id.clone()), Some(member.name.clone()), member.email.clone()]
            .into_iter()
            .flatten()
            .collect()
    };
    one(members, "member", named, spellings, |member| member.archived)
}

/// Archived ones step back where somebody else goes by the same name.
fn one<T, S: AsRef<str>>(
    all: Vec<T>,
    what: &str,
    named: &str,
    spellings: impl Fn(&T) -> Vec<S>,
    archived: impl Fn(&T) -> bool,
) -> Result<T, Failure> {
    let wanted = named.trim().to_lowercase();
    let names = |thing: &T| spellings(thing).iter().any(|name| name.as_ref().to_lowercase() == wanted);
    let (mut active, mut others): (Vec<T>, Vec<T>) =
        all.into_iter().filter(names).partition(|thing| !archived(thing));
    let found = if active.is_empty() { &mut others } else { &mut active };
    match (found.pop(), found.len()) {
        (Some(thing), 0) => Ok(thing),
        (Some(_), more) => {
            Err(Failure::refused(format!("{} {what}s go by `{named}`; give its id", more + 1)))
        }
        (None, _) => Err(Failure::refused(format!("there is no {what} `{named}`"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(named: &str) -> Result<u8, String> {
        let all =
            vec![("Website", 1, false), ("website", 2, true), ("Support", 3, false), ("support", 4, false)];
        one(all, "project", named, |thing| vec![thing.0], |thing| thing.2)
            .map(|thing| thing.1)
            .map_err(|failure| failure.message)
    }

    #[test]
    fn a_name_means_the_one_that_has_it_and_is_not_archived() {
        assert_eq!(found(" WEBSITE "), Ok(1));
        assert_eq!(found("Support"), Err("2 projects go by `Support`; give its id".to_owned()));
        assert_eq!(found("Sales"), Err("there is no project `Sales`".to_owned()));
    }
}
