//! Who asks.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use vibesheets_core::{Account, AccountId, Email, Member, Organisation, Session, SessionId, SignIn};

use super::{MemberDto, OrganisationDto};

/// Who asks: their sign-in, who they are in the organisation, and the session.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Me)]
pub struct MeDto {
    account: AccountDto,
    member: MemberDto,
    organisation: OrganisationDto,
    session: CurrentSession,
}

/// A person's sign-in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Account)]
pub struct AccountDto {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    id: AccountId,
    /// Its address.
    #[schema(value_type = String, format = Email)]
    email: Email,
}

/// The session that asks.
#[derive(Debug, Serialize, ToSchema)]
pub struct CurrentSession {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    id: SessionId,
    /// When it ends by itself.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

impl MeDto {
    /// Of these four.
    pub fn new(account: &Account, member: &Member, organisation: &Organisation, session: &Session) -> Self {
        Self {
            account: AccountDto { id: account.id, email: account.email.clone() },
            // Whoever asks has signed in.
            member: MemberDto::new(member, SignIn::Active),
            organisation: organisation.into(),
            session: CurrentSession { id: session.id, expires_at: session.expires_at },
        }
    }
}
