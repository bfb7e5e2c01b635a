//! Signed notes (<https://c2sp.org/signed-note>): a text, an empty line, and a line for each signature.

use std::{fmt, str::FromStr};

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

use crate::foreign::shown;

/// What that document calls Ed25519 (RFC 8032).
const ED25519: u8 = 1;
/// What lines of signatures begin with: an em dash and a space.
const MARK: &str = "\u{2014} ";

/// The public half of a key, by which its notes are checked; written `NAME+ID+KEY` as in signed notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// Who signs, in one word.
    pub name: String,
    /// The Ed25519 key.
    pub key: [u8; 32],
}

/// The text is no public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be a public key as `vibesheets checkpoint key` prints it: NAME+ID+KEY")]
pub struct InvalidPublicKey;

impl PublicKey {
    /// The first four bytes of a digest of name and key: tells keys apart, and proves nothing.
    pub fn id(&self) -> [u8; 4] {
        let mut hasher = Sha256::new();
        hasher.update(&self.name);
        hasher.update([b'\n', ED25519]);
        hasher.update(self.key);
        let digest: [u8; 32] = hasher.finalize().into();
        [digest[0], digest[1], digest[2], digest[3]]
    }

    /// The id as eight hexadecimal digits.
    pub fn id_text(&self) -> String {
        format!("{:08x}", u32::from_be_bytes(self.id()))
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key: Vec<u8> = [ED25519].into_iter().chain(self.key).collect();
        write!(f, "{}+{}+{}", self.name, self.id_text(), BASE64_STANDARD.encode(key))
    }
}

impl FromStr for PublicKey {
    type Err = InvalidPublicKey;

    fn from_str(text: &str) -> Result<Self, InvalidPublicKey> {
        // The key's own base64 may hold a plus sign.
        let mut parts = text.trim().splitn(3, '+');
        let (name, id, key) = (parts.next(), parts.next(), parts.next());
        let (Some(name), Some(id), Some(key)) = (name, id, key) else { return Err(InvalidPublicKey) };
        let key = BASE64_STANDARD.decode(key).map_err(|_| InvalidPublicKey)?;
        let Some((&ED25519, key)) = key.split_first() else { return Err(InvalidPublicKey) };
        let key = key.try_into().map_err(|_| InvalidPublicKey)?;
        let key = Self { name: name.to_owned(), key };
        let is_name = !name.is_empty() && !name.chars().any(char::is_whitespace);
        if is_name && key.id_text() == id { Ok(key) } else { Err(InvalidPublicKey) }
    }
}

/// Signs with Ed25519 (RFC 8032), whose signatures of one text are all the same.
pub trait Signer: Send + Sync {
    /// By which its notes are checked.
    fn public_key(&self) -> &PublicKey;

    /// The signature over `message`.
    fn sign(&self, message: &[u8]) -> [u8; 64];
}

/// Checks Ed25519 signatures.
pub trait Verifier: Send + Sync {
    /// Whether `signature` is one of `key` over `message`.
    fn is_signed(&self, key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool;
}

/// Why a note is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteFault {
    /// It has no text and signatures.
    #[error("is no signed note")]
    Form,
    /// The key has not signed it.
    #[error("is not signed by {expected}, but by {signed_by}")]
    OtherKey {
        /// Name and id of the key that it is held against.
        expected: String,
        /// Names and ids of the keys that it says it is signed by.
        signed_by: String,
    },
    /// What it says is not what was signed.
    #[error("does not bear out its signature by {key}: it was changed, or forged")]
    Signature {
        /// Name and id of the key.
        key: String,
    },
    /// What was signed is no checkpoint that this version knows.
    #[error("is signed, but is no checkpoint that this version knows")]
    Content,
}

/// Whoever did not sign is named among these at most.
const MOST_SIGNERS_NAMED: usize = 8;

/// `text`, which ends with a line feed, as a note.
pub(super) fn sign(text: &str, signer: &dyn Signer) -> String {
    let key = signer.public_key();
    let signature: Vec<u8> = key.id().into_iter().chain(signer.sign(text.as_bytes())).collect();
    format!("{text}\n{MARK}{} {}\n", key.name, BASE64_STANDARD.encode(signature))
}

/// The text of a note that `key` signed.
pub(super) fn open<'a>(
    note: &'a str,
    key: &PublicKey,
    verifier: &dyn Verifier,
) -> Result<&'a str, NoteFault> {
    let at = note.rfind("\n\n").ok_or(NoteFault::Form)?;
    let (text, signatures) = (&note[..=at], &note[at + 2..]);
    if !signatures.ends_with('\n') {
        return Err(NoteFault::Form);
    }
    let signatures: Vec<Signature<'_>> =
        signatures.lines().map(Signature::parse).collect::<Option<_>>().ok_or(NoteFault::Form)?;
    let named = format!("{}+{}", key.name, key.id_text());
    let Some(ours) =
        signatures.iter().find(|signature| signature.name == key.name && signature.id == key.id())
    else {
        let signed_by: Vec<String> =
            signatures.iter().take(MOST_SIGNERS_NAMED).map(Signature::named).collect();
        return Err(NoteFault::OtherKey { expected: named, signed_by: shown(signed_by.join(", ")) });
    };
    let signature = ours.bytes.as_slice().try_into().ok();
    let is_signed =
        signature.is_some_and(|signature| verifier.is_signed(&key.key, text.as_bytes(), signature));
    if is_signed { Ok(text) } else { Err(NoteFault::Signature { key: named }) }
}

struct Signature<'a> {
    name: &'a str,
    id: [u8; 4],
    bytes: Vec<u8>,
}

impl<'a> Signature<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let (name, signature) = line.strip_prefix(MARK)?.split_once(' ')?;
        let signature = BASE64_STANDARD.decode(signature).ok()?;
        let (id, bytes) = signature.split_first_chunk::<4>()?;
        Some(Self { name, id: *id, bytes: bytes.to_vec() })
    }

    fn named(&self) -> String {
        format!("{}+{:08x}", self.name, u32::from_be_bytes(self.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of <https://pkg.go.dev/golang.org/x/mod/sumdb/note>.
    const GOPHER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    /// Signs with a digest: tells one text from another, which is all that is asked here.
    struct Digesting(PublicKey);

    fn digest(key: &[u8; 32], message: &[u8]) -> [u8; 64] {
        let mut signature = [0; 64];
        signature[..32].copy_from_slice(&crate::journal::Hash::of(&[key, message]).0);
        signature
    }

    impl Signer for Digesting {
        fn public_key(&self) -> &PublicKey {
            &self.0
        }

        fn sign(&self, message: &[u8]) -> [u8; 64] {
            digest(&self.0.key, message)
        }
    }

    impl Verifier for Digesting {
        fn is_signed(&self, key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
            digest(key, message) == *signature
        }
    }

    fn signer() -> Digesting {
        Digesting(PublicKey { name: "vibesheets".to_owned(), key: [3; 32] })
    }

    #[test]
    fn a_public_key_reads_back_and_its_id_is_that_of_other_programs() {
        let key: PublicKey = GOPHER.parse().expect("a key");
        assert_eq!((key.name.as_str(), key.id_text().as_str()), ("PeterNeumann", "c74f20a3"));
        assert_eq!(key.to_string(), GOPHER);
        for wrong in ["", "vibesheets", "a+b+c", &GOPHER.replace("c74f20a3", "c74f20a4"), &GOPHER[..60]] {
            assert_eq!(wrong.parse::<PublicKey>(), Err(InvalidPublicKey), "{wrong}");
        }
    }

    #[test]
    fn a_note_opens_only_as_it_was_signed() {
        let signer = signer();
        let note = sign("one\n\ntwo\n", &signer);
        assert_eq!(open(&note, &signer.0, &signer), Ok("one\n\ntwo\n"));
        for (place, _) in note.char_indices() {
            let mut changed: Vec<char> = note.chars().collect();
            let at = note[..place].chars().count();
            changed[at] = if changed[at] == 'x' { 'y' } else { 'x' };
            let changed: String = changed.into_iter().collect();
            assert!(open(&changed, &signer.0, &signer).is_err(), "byte {place}");
            assert!(open(&note[..place], &signer.0, &signer).is_err(), "cut at {place}");
        }
    }

    #[test]
    fn a_note_of_another_key_is_told_by_its_name() {
        let signer = signer();
        let note = sign("text\n", &Digesting(PublicKey { name: "other".to_owned(), key: [4; 32] }));
        let fault = open(&note, &signer.0, &signer).expect_err("signed by another");
        assert!(fault.to_string().contains("but by other+"), "{fault}");
    }
}
