//! Stores, their audit files, and files that were tampered with by somebody who knows the format.

use sha2::{Digest, Sha256};
use vibesheets_core::{
    audit_file::{AuditFile, AuditFileError, AuditFileFault, export},
    moving::{MoveError, Moved, RecordSource, move_store},
    store::Store,
};
use vibesheets_store_contract::support::live_in;
use vibesheets_store_sqlite::{Location, Options, SqliteStore};

pub fn empty() -> SqliteStore {
    SqliteStore::open(&Location::Memory, &Options::default()).expect("a store")
}

pub async fn lived_in() -> SqliteStore {
    let store = empty();
    live_in(&store).await;
    store
}

pub async fn exported(source: &(impl RecordSource + ?Sized)) -> Vec<u8> {
    let mut file = Vec::new();
    export(source, &mut file, None, &|_, _| ()).await.expect("it is exported");
    file
}

pub fn open(file: &[u8]) -> Result<AuditFile<Vec<u8>>, AuditFileError> {
    AuditFile::open(file.to_vec(), &|_| ())
}

/// The first thing that is wrong with a file that begins like one.
pub fn fault(file: &[u8]) -> AuditFileFault {
    match open(file) {
        Err(AuditFileError::Damaged(fault)) => fault,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("nothing was found"),
    }
}

pub async fn imported(file: &[u8], target: &dyn Store) -> Result<Moved, MoveError> {
    let source = open(file).expect("a whole file");
    move_store(&source, target, jiff::Timestamp::default(), &|_| ()).await
}

/// The texts of a file's lines, without their checksums.
pub fn texts(file: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(file).expect("text");
    text.lines().map(|line| line[65..].to_owned()).collect()
}

/// A text with the checksum that fits.
pub fn line(text: &str) -> Vec<u8> {
    format!("{} {text}\n", hexadecimal(Sha256::digest(text).as_slice())).into_bytes()
}

/// A file of these texts in which every checksum and the last line fit.
pub fn sealed(texts: &[String]) -> Vec<u8> {
    let mut file = Vec::new();
    let (mut streams, mut records) = (0, 0);
    for text in texts.iter().filter(|text| !text.starts_with("{\"end\"")) {
        records += u64::from(text.starts_with("{\"record\""));
        streams += u64::from(text.contains("\"seq\":1,"));
        file.extend(line(text));
    }
    let digest = hexadecimal(Sha256::digest(&file).as_slice());
    let end = format!("{{\"end\":{{\"streams\":{streams},\"records\":{records},\"digest\":\"{digest}\"}}}}");
    file.extend(line(&end));
    file
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
