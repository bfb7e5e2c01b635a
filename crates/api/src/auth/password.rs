//! Passwords: argon2id (RFC 9106) with 46 MiB, one pass, one lane; at most two at a time.

use std::sync::Arc;

use argon2::{Algorithm, Argon2, Params, PasswordHash as Phc, PasswordHasher, PasswordVerifier, Version};
use tokio::{sync::Semaphore, task::spawn_blocking};
use vibesheets_core::{PasswordHash, RandomSource, store::AttemptSubject};

use super::password_queue::PasswordQueue;
use crate::problem::Problem;

const MEMORY_KIB: u32 = 46 * 1024;
const PASSES: u32 = 1;
const LANES: u32 = 1;
/// Each takes 46 MiB and a processor; more at once would only make all of them late.
const AT_ONCE: usize = 2;

/// The hash of a password that nobody has, with the same cost: an unknown address takes as long as a wrong password.
const NOBODY: &str =
    "$argon2id$v=19$m=47104,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hashes and checks passwords.
pub struct Passwords {
    queue: Arc<PasswordQueue>,
    turns: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { queue: Arc::default(), turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Passwords {
    /// A hash to keep, of what `client` sent.
    ///
    /// # Errors
    /// [`crate::problem::Code::Unavailable`] where too many wait already; an internal problem where the memory for it is
    /// not there.
    pub async fn hash(
        &self,
        client: AttemptSubject,
        password: String,
        random: &dyn RandomSource,
    ) -> Result<PasswordHash, Problem> {
        let mut salt = [0; 16];
        random.fill(&mut salt);
        self.in_turn(client, move || {
            let params = Params::new(MEMORY_KIB, PASSES, LANES, None)?;
            let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
            let hash: Phc = argon2.hash_password_with_salt(password.as_bytes(), &salt)?;
            Ok(PasswordHash(hash.to_string()))
        })
        .await?
        .map_err(|error: argon2::password_hash::Error| Problem::internal(error))
    }

    /// Whether `password`, which `client` sent, is the one that was hashed. Without a hash it never is, and takes as long.
    ///
    /// # Errors
    /// [`crate::problem::Code::Unavailable`] where too many wait already; an internal problem where the check itself
    /// failed.
    pub async fn verify(
        &self,
        client: AttemptSubject,
        password: String,
        hash: Option<PasswordHash>,
    ) -> Result<bool, Problem> {
        let is_known = hash.is_some();
        let text = hash.map_or_else(|| NOBODY.to_owned(), |PasswordHash(text)| text);
        let matches = self
            .in_turn(client, move || {
                let Ok(hash) = Phc::new(&text) else { return Err("a kept password hash cannot be read") };
                Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
            })
            .await?
            .map_err(Problem::internal)?;
        Ok(matches && is_known)
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        client: AttemptSubject,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let place = self.queue.enter(client)?;
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(Problem::internal)?;
        spawn_blocking(move || {
            // Held by the work, not by the request: a request that gave up does not make room for a third.
            let _held = (place, turn);
            work()
        })
        .await
        .map_err(Problem::internal)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::{FutureExt, future::poll_immediate};

    use super::*;
    use crate::problem::Code;

    struct Zeros;

    impl RandomSource for Zeros {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0);
        }
    }

    #[tokio::test]
    async fn an_unknown_address_costs_as_much_as_a_wrong_password() {
        let (passwords, client) = (Passwords::default(), AttemptSubject::of("address", "192.0.2.1"));
        let kept = passwords.hash(client, "correct horse".to_owned(), &Zeros).await.expect("hashed");
        let cost = |text: &str| {
            let hash = Phc::new(text).expect("a PHC string");
            (
                hash.algorithm.to_string(),
                hash.version,
                hash.params.to_string(),
                hash.hash.map(|hash| hash.len()),
            )
        };
        assert_eq!(cost(NOBODY), cost(&kept.0));
        let verify =
            async |password: &str, hash| passwords.verify(client, password.to_owned(), hash).await.ok();
        assert_eq!(verify("correct horse", None).await, Some(false));
        assert_eq!(verify("correct horse", Some(kept.clone())).await, Some(true));
        assert_eq!(verify("correct horsf", Some(kept)).await, Some(false));
    }

    #[tokio::test]
    async fn who_finds_the_queue_full_is_told_at_once_whether_the_address_is_known_or_not() {
        let (passwords, client) = (Passwords::default(), AttemptSubject::of("address", "192.0.2.1"));
        let _turns = passwords.turns.acquire_many(2).await.expect("both turns");
        let mut waiting = Vec::new();
        for hash in [None, Some(PasswordHash(NOBODY.to_owned()))] {
            for _ in 0..4 {
                let mut verify = Box::pin(passwords.verify(client, String::new(), hash.clone()));
                assert!(poll_immediate(&mut verify).await.is_none(), "it waits for its turn");
                waiting.push(verify);
            }
        }
        for hash in [None, Some(PasswordHash(NOBODY.to_owned()))] {
            let refused = passwords.verify(client, String::new(), hash).now_or_never().expect("at once");
            assert_eq!(refused.expect_err("no place").code, Code::Unavailable);
        }
        // Whoever gives up leaves the place.
        waiting.pop();
        let mut verify = Box::pin(passwords.verify(client, String::new(), None));
        assert!(poll_immediate(&mut verify).await.is_none(), "it waits for its turn");
    }
}
