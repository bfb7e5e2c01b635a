//! The key that checkpoints are signed with, as signed notes write one (<https://c2sp.org/signed-note>). It belongs neither into
//! the store nor into its backups: whoever has all three can sign what they please.

use std::fmt;

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use base64::{Engine, prelude::BASE64_STANDARD};
use vibesheets_core::{
    RandomSource,
    checkpoint::{PublicKey, Signer, Verifier},
};

/// Who signs.
const NAME: &str = "vibesheets";
/// What a private key's text begins with.
const PRIVATE: &str = "PRIVATE+KEY+";
/// What signed notes call Ed25519.
const ALGORITHM: u8 = 1;

/// A key pair.
pub struct CheckpointKey {
    pair: Ed25519KeyPair,
    seed: [u8; 32],
    public: PublicKey,
}

/// The text is no private key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is no private key for checkpoints: one begins with PRIVATE+KEY+{NAME}+")]
pub struct InvalidCheckpointKey;

impl CheckpointKey {
    /// A new one.
    pub fn generate(random: &dyn RandomSource) -> Self {
        let mut seed = [0; 32];
        random.fill(&mut seed);
        // Any 32 bytes are a seed.
        Self::of_seed(seed).expect("a seed of 32 bytes")
    }

    /// Reads what [`Self::to_text`] wrote.
    ///
    /// # Errors
    /// [`InvalidCheckpointKey`].
    pub fn parse(text: &str) -> Result<Self, InvalidCheckpointKey> {
        let rest = text.trim().strip_prefix(PRIVATE).ok_or(InvalidCheckpointKey)?;
        let rest = rest.strip_prefix(NAME).and_then(|rest| rest.strip_prefix('+'));
        let (id, key) = rest.and_then(|rest| rest.split_once('+')).ok_or(InvalidCheckpointKey)?;
        let key = BASE64_STANDARD.decode(key).map_err(|_| InvalidCheckpointKey)?;
        let Some((&ALGORITHM, seed)) = key.split_first() else { return Err(InvalidCheckpointKey) };
        let seed = seed.try_into().map_err(|_| InvalidCheckpointKey)?;
        let key = Self::of_seed(seed).ok_or(InvalidCheckpointKey)?;
        if key.public.id_text() == id { Ok(key) } else { Err(InvalidCheckpointKey) }
    }

    /// As it stands in its file: whoever reads it can sign.
    pub fn to_text(&self) -> String {
        let key: Vec<u8> = [ALGORITHM].into_iter().chain(self.seed).collect();
        format!("{PRIVATE}{NAME}+{}+{}\n", self.public.id_text(), BASE64_STANDARD.encode(key))
    }

    fn of_seed(seed: [u8; 32]) -> Option<Self> {
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).ok()?;
        let key = pair.public_key().as_ref().try_into().ok()?;
        Some(Self { pair, seed, public: PublicKey { name: NAME.to_owned(), key } })
    }
}

impl fmt::Debug for CheckpointKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CheckpointKey({})", self.public)
    }
}

impl Signer for CheckpointKey {
    fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> [u8; 64] {
        let mut signature = [0; 64];
        // Ed25519 signatures have 64 bytes.
        signature.copy_from_slice(self.pair.sign(message).as_ref());
        signature
    }
}

/// Checks signatures.
#[derive(Debug, Clone, Copy)]
pub struct Ed25519;

impl Verifier for Ed25519 {
    fn is_signed(&self, key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
        UnparsedPublicKey::new(&ED25519, key).verify(message, signature).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032, section 7.1, test 2.
    const SEED: &str = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
    const PUBLIC: &str = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    const SIGNATURE: &str = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
                             085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    fn bytes<const N: usize>(digits: &str) -> [u8; N] {
        std::array::from_fn(|at| u8::from_str_radix(&digits[at * 2..at * 2 + 2], 16).expect("digits"))
    }

    #[test]
    fn it_signs_and_checks_as_rfc_8032_says() {
        let key = CheckpointKey::of_seed(bytes(SEED)).expect("a seed");
        assert_eq!(key.public.key, bytes(PUBLIC));
        assert_eq!(key.sign(&[0x72]), bytes(SIGNATURE));
        assert!(Ed25519.is_signed(&bytes(PUBLIC), &[0x72], &bytes(SIGNATURE)));
        assert!(!Ed25519.is_signed(&bytes(PUBLIC), &[0x73], &bytes(SIGNATURE)));
    }

    #[test]
    fn its_text_reads_back_and_nothing_else_does() {
        let key = CheckpointKey::of_seed(bytes(SEED)).expect("a seed");
        let text = key.to_text();
        assert_eq!(CheckpointKey::parse(&text).expect("a key").public, key.public);
        assert!(!format!("{key:?}").contains(text.rsplit('+').next().expect("the key").trim()));
        for wrong in ["", "PRIVATE+KEY+", &text.replace("vibesheets", "other"), &text[..text.len() - 4]] {
            assert!(CheckpointKey::parse(wrong).is_err(), "{wrong}");
        }
    }
}
