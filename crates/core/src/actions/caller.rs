//! Who asks, for what, and with what the process lends an action.

use std::sync::Arc;

use crate::{
    CommandId, Member, Organisation, RandomSource, TimeSource,
    journal::{Actor, Hash},
    policy::{self, Action, Target},
    store::{Scope, Store},
};

use super::Refusal;

/// What the process lends an action.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Where everything is kept.
    pub store: &'a dyn Store,
    /// The time.
    pub time: &'a dyn TimeSource,
    /// Randomness.
    pub random: &'a dyn RandomSource,
}

/// A signed-in member, as the edge has just found them in the store (or at most 5 s ago).
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who.
    pub member: Arc<Member>,
    /// In which organisation.
    pub organisation: Arc<Organisation>,
}

impl Caller {
    /// The scope of everything they do.
    pub fn scope(&self) -> Scope {
        Scope { organisation: self.organisation.id, actor: Actor::Member(self.member.id) }
    }

    /// # Errors
    /// [`Refusal::Forbidden`] where the policy does not permit it.
    pub fn authorize(&self, action: Action, target: Target) -> Result<(), Refusal> {
        if policy::permits(&self.member, action, target) { Ok(()) } else { Err(Refusal::Forbidden) }
    }
}

/// One requested change (I4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Command {
    /// The client's id for it, or one made by the server.
    pub id: CommandId,
    /// What was asked, method, path and body; the same id with another digest is refused.
    pub digest: Hash,
    /// Whether the client chose the id: only then can it have been sent before.
    pub may_be_repeated: bool,
}
