//! Our own tokens: JSON Web Tokens (RFC 7519) with HMAC-SHA256, of exactly one shape.

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vibesheets_core::{
    AccountId, MemberId, OrganisationId, Session, SessionId, actions::accounts::SESSION_SECONDS,
};

use crate::ApiSettings;

/// The longest token that is looked at, in bytes.
const LONGEST: usize = 1536;
/// How far ahead the clock of the server that signed may be, in seconds.
const CLOCK_SKEW_SECONDS: i64 = 60;
/// Whose tokens these are is told by the key that signs them, one for each store, and not by an address, which may change.
const ISSUER: &str = "vibesheets";
const AUDIENCE: &str = "vibesheets";
/// `{"alg":"HS256","typ":"JWT"}`: the only header there is, compared and never parsed.
const HEADER: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    /// Who signed it: always `vibesheets`.
    pub iss: String,
    /// For whom: always `vibesheets`.
    pub aud: String,
    /// Whose sign-in.
    pub sub: AccountId,
    /// In which organisation.
    pub org: OrganisationId,
    /// As which member.
    pub member: MemberId,
    /// The session that ends it early.
    pub sid: SessionId,
    /// When it was signed, in seconds since 1970.
    pub iat: i64,
    /// When it ends, in seconds since 1970.
    pub exp: i64,
}

/// Signs and reads tokens.
pub struct Tokens {
    key: hmac::Key,
}

impl Tokens {
    /// With the settings' secret.
    pub fn new(settings: &ApiSettings) -> Self {
        let key = settings.secret.key_for("vibesheets token 1");
        Self { key: hmac::Key::new(hmac::HMAC_SHA256, &key) }
    }

    /// The token of a session: good for as long as the session lasts.
    pub fn issue(&self, session: &Session) -> String {
        self.sign(&Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: session.account,
            org: session.membership.organisation,
            member: session.membership.member,
            sid: session.id,
            iat: session.created_at.as_second(),
            exp: session.expires_at.as_second(),
        })
    }

    /// Claims as a token.
    pub fn sign(&self, claims: &Claims) -> String {
        // Claims have string keys and no failing serializer.
        let payload = serde_json::to_vec(claims).expect("claims are always JSON");
        let mut token = format!("{HEADER}.{}", URL_SAFE_NO_PAD.encode(payload));
        let signature = hmac::sign(&self.key, token.as_bytes());
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        token
    }

    /// What a token says, where we signed it and it is good now. Why one is not is nobody's business.
    pub fn verify(&self, token: &str, now: Timestamp) -> Option<Claims> {
        if token.len() > LONGEST {
            return None;
        }
        let (signed, signature) = token.rsplit_once('.')?;
        let payload = signed.strip_prefix(HEADER)?.strip_prefix('.')?;
        // The decoder takes one spelling only: no padding, no stray bits, no other characters.
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        hmac::verify(&self.key, signed.as_bytes(), &signature).ok()?;
        let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
        is_good(&claims, now.as_second()).then_some(claims)
    }
}

fn is_good(claims: &Claims, now: i64) -> bool {
    claims.iss == ISSUER
        && claims.aud == AUDIENCE
        && claims.iat <= now.saturating_add(CLOCK_SKEW_SECONDS)
        && claims.exp > now
        && claims.exp.checked_sub(claims.iat) == Some(SESSION_SECONDS)
}
