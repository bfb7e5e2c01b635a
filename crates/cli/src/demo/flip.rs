//! The proof of the proof: one byte flipped in a copy is found and named.

use std::{fs, io, path::Path};

use vibesheets_core::{TimeSource, audit::Audit};
use vibesheets_store_sqlite::Snapshot;

use super::build::remove;
use crate::{
    failure::{Exit, Failure},
    proof::prove,
    store,
    system::SystemTime,
};

/// What the flipped byte belongs to: every entry's payload names its zone.
const NEEDLE: &[u8] = b"\"time_zone\":\"Europe/Vienna\"";
/// Which byte of it: the V.
const PLACE: usize = 20;
/// The most bytes to flip in turn. SQLite leaves old copies of rows in the free space of its pages; nobody reads
/// those, so a byte flipped there is no damage.
const MOST_ATTEMPTS: usize = 200;

/// A flipped byte and what `verify` says of it.
pub struct Flipped {
    /// Where in the file, from 0.
    pub offset: usize,
    /// What it was.
    pub before: u8,
    /// What it became.
    pub after: u8,
    /// What was found.
    pub audit: Audit,
}

/// Flips one bit of a journal payload in a copy of the closed database at `path` and verifies the copy.
///
/// # Errors
/// [`Failure`] where the copy cannot be made, or where nothing is found.
pub async fn flip_one_byte(path: &Path) -> Result<Flipped, Failure> {
    let copy = path.with_extension("flipped");
    let failed = |error: io::Error| Failure::new(Exit::Store, format!("{}: {error}", copy.display()));
    let bytes = fs::read(path).map_err(failed)?;
    let middle = bytes.len() / 2;
    for start in places(&bytes[middle..]).take(MOST_ATTEMPTS) {
        let offset = middle + start + PLACE;
        let mut flipped = bytes.clone();
        flipped[offset] ^= 1;
        remove(&copy).and_then(|()| fs::write(&copy, &flipped)).map_err(failed)?;
        let audit = verify(&copy).await?;
        remove(&copy).map_err(failed)?;
        if !audit.findings.is_empty() {
            return Ok(Flipped { offset, before: bytes[offset], after: flipped[offset], audit });
        }
    }
    Err(Failure::internal("no flipped byte was found: verification does not do what it says"))
}

async fn verify(path: &Path) -> Result<Audit, Failure> {
    let store = Snapshot::open(path).map_err(|error| store::open_error(&error))?;
    prove(&store, SystemTime.now(), &[], &|_| {}).await.map_err(|error| Failure::new(Exit::Store, error))
}

fn places(bytes: &[u8]) -> impl Iterator<Item = usize> {
    bytes.windows(NEEDLE.len()).enumerate().filter(|(_, window)| *window == NEEDLE).map(|(place, _)| place)
}
