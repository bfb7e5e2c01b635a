//! The secret that an invitation's link carries.
//!
//! It is not random but derived from a key that the process holds and from the invitation's id. So the stored answer
//! of the command that invited need not hold it (I4): the answer names the invitation, and whoever sends the answer,
//! the first time or again, makes the same link from it. Whoever reads the store, a backup or an export finds only
//! the secret's digest and cannot use the invitation.

use std::fmt;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::{InvitationId, OrganisationId, actions::Refusal, journal::Hash};

/// 32 bytes that nobody can guess, kept outside the store and the same after a restart. When it is replaced, links
/// that were given out work no longer, though their digests stay: whoever replaces it may have lost it to somebody who
/// makes links with it.
#[derive(Clone)]
pub struct InvitationKey(pub [u8; 32]);

impl fmt::Debug for InvitationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InvitationKey(redacted)")
    }
}

/// What the link carries: `organisation.invitation.secret`, the ids as UUIDs, the secret as base64url (RFC 4648, 5)
/// without padding. Never shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct InvitationToken {
    pub(in crate::actions) organisation: OrganisationId,
    pub(in crate::actions) invitation: InvitationId,
    secret: [u8; 32],
}

impl InvitationToken {
    /// The token of an invitation that was made with `key`.
    pub fn of(key: &InvitationKey, organisation: OrganisationId, invitation: InvitationId) -> Self {
        // Every part has a fixed length, so nothing can be appended to what is hashed and still be a secret.
        let parts: [&[u8]; 4] =
            [b"vibesheets invitation secret 1", &key.0, organisation.as_bytes(), invitation.as_bytes()];
        Self { organisation, invitation, secret: Hash::of(&parts).0 }
    }

    /// The token that a link carries, where it was made with `key`.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]: a malformed token is told as an unknown invitation, like every other that does not work.
    pub(in crate::actions) fn read(key: &InvitationKey, text: &str) -> Result<Self, Refusal> {
        let token = parsed(text).filter(|token| {
            let made = Self::of(key, token.organisation, token.invitation);
            token.matches(&made.digest())
        });
        token.ok_or(Refusal::NotFound("invitation"))
    }

    /// What the store keeps of the secret.
    pub(super) fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.secret).into()
    }

    /// Whether `digest` is that of the secret. The comparison may take longer the more bytes agree: that tells
    /// something about a digest, and from a digest nobody finds 256 unknown bits. It cannot be steered towards the
    /// secret, so it needs no constant time.
    pub(super) fn matches(&self, digest: &[u8; 32]) -> bool {
        self.digest() == *digest
    }
}

impl fmt::Display for InvitationToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secret = BASE64_URL_SAFE_NO_PAD.encode(self.secret);
        write!(f, "{}.{}.{secret}", self.organisation, self.invitation)
    }
}

impl fmt::Debug for InvitationToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InvitationToken({}, redacted)", self.invitation)
    }
}

fn parsed(text: &str) -> Option<InvitationToken> {
    let mut parts = text.splitn(3, '.');
    let organisation = parts.next()?.parse().ok()?;
    let invitation = parts.next()?.parse().ok()?;
    let mut secret = [0; 32];
    let length = BASE64_URL_SAFE_NO_PAD.decode_slice(parts.next()?, &mut secret).ok()?;
    (length == secret.len()).then_some(InvitationToken { organisation, invitation, secret })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(key: u8, invitation: u8) -> InvitationToken {
        let organisation = OrganisationId::from_bytes([1; 16]);
        InvitationToken::of(
            &InvitationKey([key; 32]),
            organisation,
            InvitationId::from_bytes([invitation; 16]),
        )
    }

    #[test]
    fn a_token_is_read_back_as_it_was_written_and_shown_by_nothing_else() {
        let token = token(7, 2);
        let text = token.to_string();
        assert_eq!(InvitationToken::read(&InvitationKey([7; 32]), &text), Ok(token.clone()));
        assert!(token.matches(&token.digest()));
        let secret = text.rsplit('.').next().expect("the last part");
        assert_eq!(secret.len(), 43);
        assert!(!format!("{token:?}").contains(secret));
    }

    #[test]
    fn another_key_and_another_invitation_have_another_secret() {
        assert_eq!(token(7, 2), token(7, 2));
        for other in [token(8, 2), token(7, 3)] {
            assert!(!other.matches(&token(7, 2).digest()));
        }
    }

    #[test]
    fn a_token_of_a_key_that_was_replaced_is_an_unknown_invitation() {
        let text = token(7, 2).to_string();
        let read = |key| InvitationToken::read(&InvitationKey([key; 32]), &text);
        assert!(read(7).is_ok());
        assert_eq!(read(8), Err(Refusal::NotFound("invitation")));
    }

    #[test]
    fn malformed_tokens_are_unknown_invitations() {
        let text = token(7, 2).to_string();
        let (ids, secret) = text.rsplit_once('.').expect("three parts");
        for wrong in [
            "",
            "a.b.c",
            ids,
            &text[..text.len() - 2],
            &format!("{text}A"),
            &format!("{text}="),
            &text[1..],
            secret,
        ] {
            let read = InvitationToken::read(&InvitationKey([7; 32]), wrong);
            assert_eq!(read, Err(Refusal::NotFound("invitation")), "{wrong}");
        }
    }
}
