//! Which members a file's people are.

use std::collections::{HashMap, HashSet};

use super::ids;
use crate::{Email, Member, MemberId, Name, OrganisationId, import::Person};

/// A member whom the file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedMember {
    /// Their id.
    pub id: MemberId,
    /// What they are called.
    pub name: Name,
    /// Their address.
    pub email: Option<Email>,
    /// Whether the import makes them.
    pub new: bool,
}

impl From<&Member> for PlannedMember {
    fn from(member: &Member) -> Self {
        Self { id: member.id, name: member.name.clone(), email: member.email.clone(), new: false }
    }
}

/// The members of all people, each once, and for each person their place among them; `None` where several members
/// have the person's name and nothing tells them apart.
pub(super) fn match_people(
    organisation: OrganisationId,
    people: &[Person],
    members: &[Member],
) -> (Vec<PlannedMember>, Vec<Option<u32>>) {
    let mut matching = Matching::new(organisation, members);
    let mut places = vec![None; people.len()];
    // Whom an address identifies comes first, so that a name alone may mean somebody whom the file brings.
    for with_email in [true, false] {
        for (place, person) in
            people.iter().enumerate().filter(|(_, person)| person.email.is_some() == with_email)
        {
            places[place] = matching.find(person);
        }
    }
    (matching.planned, places)
}

struct Matching<'a> {
    organisation: OrganisationId,
    by_id: HashMap<MemberId, &'a Member>,
    by_email: HashMap<&'a str, &'a Member>,
    by_name: HashMap<String, Vec<&'a Member>>,
    planned: Vec<PlannedMember>,
    place_of: HashMap<MemberId, u32>,
    /// New members by name.
    new_by_name: HashMap<String, Vec<MemberId>>,
    erased: HashSet<MemberId>,
}

impl<'a> Matching<'a> {
    fn new(organisation: OrganisationId, members: &'a [Member]) -> Self {
        let mut by_name: HashMap<String, Vec<&Member>> = HashMap::new();
        let (erased, members): (Vec<&Member>, Vec<&Member>) =
            members.iter().partition(|member| member.erased);
        for &member in &members {
            by_name.entry(member.name.to_lowercase()).or_default().push(member);
        }
        // Two members with one address: the active one.
        let mut in_order = members.clone();
        in_order.sort_by_key(|member| !member.archived);
        Self {
            organisation,
            by_id: members.into_iter().map(|member| (member.id, member)).collect(),
            erased: erased.into_iter().map(|member| member.id).collect(),
            by_email: in_order
                .into_iter()
                .filter_map(|member| Some((&**member.email.as_ref()?, member)))
                .collect(),
            by_name,
            planned: Vec::new(),
            place_of: HashMap::new(),
            new_by_name: HashMap::new(),
        }
    }

    fn find(&mut self, person: &Person) -> Option<u32> {
        let mut derived = ids::member_id(self.organisation, person.email.as_deref(), &person.name);
        // Whoever was erased does not come back under their id; the same file again still finds whoever took their place.
        while self.erased.contains(&derived) {
            derived = ids::member_id(self.organisation, Some(&derived.to_string()), &person.name);
        }
        let same_name = self.by_name.get(&person.name.to_lowercase()).map_or(&[][..], Vec::as_slice);
        let found = match &person.email {
            Some(email) => self.by_email.get(&**email).copied().or_else(|| {
                let without_address: Vec<_> =
                    same_name.iter().filter(|member| member.email.is_none()).collect();
                if let [only] = without_address.as_slice() {
                    Some(**only)
                } else {
                    self.by_id.get(&derived).copied()
                }
            }),
            None => {
                let active: Vec<_> = same_name.iter().filter(|member| !member.archived).collect();
                match (same_name, active.as_slice()) {
                    ([only], _) => Some(*only),
                    (_, [only]) => Some(**only),
                    ([], _) => self.by_id.get(&derived).copied(),
                    _ => return None,
                }
            }
        };
        match found {
            Some(member) => Some(self.place(PlannedMember::from(member))),
            None if person.email.is_none() => self.find_among_new(person, derived),
            None => Some(self.make(person, derived)),
        }
    }

    fn find_among_new(&mut self, person: &Person, derived: MemberId) -> Option<u32> {
        match self.new_by_name.get(&person.name.to_lowercase()).map(Vec::as_slice) {
            Some([only]) => self.place_of.get(only).copied(),
            Some([_, _, ..]) => None,
            _ => Some(self.make(person, derived)),
        }
    }

    fn make(&mut self, person: &Person, id: MemberId) -> u32 {
        self.new_by_name.entry(person.name.to_lowercase()).or_default().push(id);
        self.place(PlannedMember { id, name: person.name.clone(), email: person.email.clone(), new: true })
    }

    fn place(&mut self, member: PlannedMember) -> u32 {
        let next = u32::try_from(self.planned.len()).unwrap_or(u32::MAX);
        *self.place_of.entry(member.id).or_insert_with(|| {
            self.planned.push(member);
            next
        })
    }
}
