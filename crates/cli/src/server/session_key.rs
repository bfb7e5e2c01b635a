//! The key that sessions are signed with: configured, or in a file beside the database.

use std::path::Path;

use vibesheets_api::Secret as SessionKey;
use vibesheets_core::RandomSource;
use vibesheets_store_sqlite::Location;

use crate::{
    config::Config,
    failure::{Exit, Failure},
    private_file,
    store::StoreLocation,
    system::SystemRandom,
};

/// The name of the file.
const FILE: &str = "session.key";

/// The key in force; made where there is none yet.
///
/// # Errors
/// [`Failure`] where the file cannot be read or written, or is no key.
pub fn session_key(config: &Config) -> Result<SessionKey, Failure> {
    match (&config.session_key.value, &config.store.value) {
        (Some(key), _) => Ok(key.clone()),
        (None, StoreLocation::Sqlite(Location::Memory)) => Ok(SessionKey(random_key())),
        (None, StoreLocation::Sqlite(Location::File(database))) => of_file(&database.with_file_name(FILE)),
        (None, StoreLocation::DynamoDb(_)) => Err(Failure::usage(
            "servers that share a store must sign sessions with one key: set VIBESHEETS_SESSION_KEY to the same 64 \
             hexadecimal digits for all of them, such as `openssl rand -hex 32` prints",
        )),
    }
}

fn of_file(path: &Path) -> Result<SessionKey, Failure> {
    let failed = |problem: String| {
        let path = path.display();
        Failure::new(
            Exit::Store,
            format!("{path}: {problem}; move it away to get a new key (everyone then signs in again)"),
        )
    };
    let bytes = private_file::kept_or_made(path, || random_key().to_vec());
    let bytes = bytes.map_err(|error| failed(error.to_string()))?;
    let key = <[u8; 32]>::try_from(bytes.as_slice());
    let key = key.map_err(|_| failed(format!("holds {} bytes where a key has 32", bytes.len())))?;
    private_file::keep_private(path).map_err(|error| failed(error.to_string()))?;
    Ok(SessionKey(key))
}

fn random_key() -> [u8; 32] {
    let mut key = [0; 32];
    SystemRandom.fill(&mut key);
    key
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_key_is_made_once_and_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(FILE);
        let first = of_file(&path).expect("a key");
        assert_eq!(of_file(&path).expect("a key"), first);
        assert_ne!(first.0, [0; 32]);
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_could_read_is_closed_to_them() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(FILE);
        of_file(&path).expect("a key");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("opened");
        of_file(&path).expect("a key");
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_file_that_is_no_key_is_refused_and_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(FILE);
        fs::write(&path, b"short").expect("written");
        let failure = of_file(&path).expect_err("no key");
        assert!(failure.message.contains("holds 5 bytes where a key has 32"), "{failure}");
        assert_eq!(fs::read(&path).expect("still there"), b"short");
    }
}
