//! One row: an operation, and who gets through with it.

use super::world::World;
use crate::support::Ask;

/// Who asks, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Anonymous,
    Member,
    Manager,
    Admin,
    Owner,
}

impl Who {
    pub const ALL: [Self; 5] = [Self::Anonymous, Self::Member, Self::Manager, Self::Admin, Self::Owner];
}

/// One operation as somebody asks for it.
#[derive(Clone, Copy)]
pub struct Row {
    /// As the description has it: `GET /me`.
    pub operation: &'static str,
    /// The least that gets through; `None` where nobody does.
    least: Option<Who>,
    /// How it is answered to those who do.
    pub status: u16,
    /// How it is answered to members who do not.
    pub refused_with: u16,
    /// The request that somebody would send.
    pub ask: fn(&World, Who) -> Ask,
}

impl Row {
    pub fn lets_through(&self, who: Who) -> bool {
        self.least.is_some_and(|least| who >= least)
    }

    /// Members below the least are told that there is no such thing, instead of that they may not.
    pub const fn hidden(self) -> Self {
        Self { refused_with: 404, ..self }
    }
}

/// `least` and whoever is above gets `status`; members below are told that their role does not permit it.
pub const fn row(operation: &'static str, least: Who, status: u16, ask: fn(&World, Who) -> Ask) -> Row {
    Row { operation, least: Some(least), status, refused_with: 403, ask }
}

/// Nobody gets through: there is no such thing for anyone here.
pub const fn nobody(operation: &'static str, ask: fn(&World, Who) -> Ask) -> Row {
    Row { operation, least: None, status: 0, refused_with: 404, ask }
}
