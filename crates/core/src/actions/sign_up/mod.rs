//! Signing up: a new organisation with its owner, or an invited member's sign-in. Account, member and organisation
//! are one atomic write.
//!
//! Whoever signs up is nobody before, so a repeated sign-up gets no stored answer: it is refused because the address
//! has an account, and the person signs in.

mod found;
mod join;
mod person;

pub use found::{FIRST_WEEK_TARGET_SECONDS, open_organisation, set_up};
pub use join::accept_invitation;
pub use person::{Person, SignUp, SignedUp};
