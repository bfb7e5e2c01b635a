//! Bytes that were flipped and files that were cut, by a disk or a copy that does not know the format.

use vibesheets_core::audit_file::{AuditFileError, LinePlace};
use vibesheets_store_contract::support::Lab;

use crate::support::{empty, exported, fault, lived_in, open};

/// A store of one person with an entry.
async fn small() -> Vec<u8> {
    let (store, lab) = (empty(), Lab::default());
    let team = lab.found(&store, 1).await;
    let entry = lab.entry(team.member(0), "2026-03-02T08:00:00Z", Some("2026-03-02T12:00:00Z"));
    lab.add(&store, &team.scope(), &[entry]).await;
    exported(&store).await
}

/// The number of the line that `at` is in.
fn line_of(file: &[u8], at: usize) -> u64 {
    file[..at].iter().filter(|byte| **byte == b'\n').count() as u64 + 1
}

/// In the first line, a flipped byte may leave nothing that tells whose it is.
fn is_found(file: &[u8], at: usize) {
    match open(file) {
        Err(AuditFileError::Damaged(fault)) => {
            assert_eq!(fault.line, line_of(file, at), "byte {at}: {fault}");
        }
        Err(AuditFileError::Foreign(_)) => assert_eq!(line_of(file, at), 1, "byte {at}"),
        Err(other) => panic!("byte {at}: {other}"),
        Ok(_) => panic!("byte {at} was flipped and nothing was found"),
    }
}

#[tokio::test]
async fn every_flipped_byte_of_a_small_file_is_found_in_its_line() {
    let file = small().await;
    open(&file).expect("a whole file");
    for at in 0..file.len() {
        let bits = if cfg!(feature = "proof") { 0..8 } else { at % 8..at % 8 + 1 };
        for bit in bits {
            let mut flipped = file.clone();
            flipped[at] ^= 1 << bit;
            is_found(&flipped, at);
        }
    }
}

#[tokio::test]
async fn every_64th_byte_of_a_large_file_is_found_in_its_line() {
    let file = exported(&lived_in().await).await;
    let mut flipped = file.clone();
    for at in (0..file.len()).step_by(64 * STEP) {
        flipped[at] ^= 1 << (at / 64 % 8);
        is_found(&flipped, at);
        flipped[at] = file[at];
    }
}

/// Each of these reads the file up to the flipped byte: the short form leaves most of them out.
const STEP: usize = if cfg!(feature = "proof") { 1 } else { 37 };

#[tokio::test]
async fn a_flipped_byte_of_a_note_names_the_record() {
    let file = small().await;
    let text = std::str::from_utf8(&file).expect("text");
    let at = text.rfind("\\\"start\\\"").expect("an entry's start");
    let mut flipped = file.clone();
    flipped[at + 2] ^= 1;
    let fault = fault(&flipped);
    let said = fault.to_string();
    assert!(matches!(fault.place, LinePlace::Record(place) if place.seq == Some(1)), "{said}");
    assert!(said.starts_with("line 5, organisation/") && said.contains("/member/"), "{said}");
    assert!(said.contains("record 1: does not match its checksum"), "{said}");
}

#[tokio::test]
async fn a_file_that_is_cut_anywhere_is_not_taken_for_a_whole_one() {
    let file = small().await;
    for length in 0..file.len() {
        match open(&file[..length]) {
            Err(AuditFileError::Damaged(fault)) => {
                assert!(fault.to_string().contains("cut off"), "{length} bytes: {fault}");
            }
            Err(AuditFileError::Foreign(what)) => assert_eq!((length, what), (0, "it is empty")),
            Err(other) => panic!("{length} bytes: {other}"),
            Ok(_) => panic!("{length} bytes of {} were taken for the whole", file.len()),
        }
    }
    let longer = [&file[..], b"\n"].concat();
    assert!(fault(&longer).to_string().contains("does not match its checksum"));
    assert!(fault(&file.repeat(2)).to_string().contains("something follows the last line"));
}

#[test]
fn what_is_no_audit_file_or_a_newer_one_is_told_apart() {
    for foreign in [&b""[..], b"dear diary\n", b"SQLite format 3\0", b"\n", b"\xFF\xFE\n", &[b'a'; 100_000]] {
        assert!(matches!(open(foreign).err(), Some(AuditFileError::Foreign(_))), "{foreign:?}");
    }
    let segment =
        vibesheets_core::durability::SegmentWriter::begin(vibesheets_core::StoreId::from_bytes([1; 16]), 1);
    assert!(matches!(open(segment.bytes()).err(), Some(AuditFileError::Foreign(_))));
    let newer = crate::support::sealed(&["{\"audit_file\":2,\"compressed\":true}".to_owned()]);
    let Err(AuditFileError::Format { found: 2 }) = open(&newer) else { panic!("it was read") };
}
