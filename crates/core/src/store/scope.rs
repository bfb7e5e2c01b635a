//! The tenant and the actor that every call is made for.

use crate::{OrganisationId, journal::Actor};

/// Every query carries it: what belongs to another organisation does not exist (I8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// The tenant.
    pub organisation: OrganisationId,
    /// Who asks; applied commands belong to them (I4).
    pub actor: Actor,
}
