//! Where things stand in a mirror, a replica and a folder of backups: all three are read alike.

use jiff::Timestamp;

use crate::journal::Hash;

/// The folder of segments.
pub const SEGMENTS: &str = "segments";
/// The folder of snapshots and their manifests.
pub const SNAPSHOTS: &str = "snapshots";

/// The folder of signed checkpoints.
pub const CHECKPOINTS: &str = "checkpoints";

/// A segment's file by its first commit; names sort as commits do.
pub fn segment_file(first_commit: u64) -> String {
    format!("{first_commit:020}.segment")
}

/// The first commit that a segment's file is named by; `None` for another file.
pub fn segment_first_commit(file: &str) -> Option<u64> {
    numbered(file, ".segment")
}

/// A snapshot's file by its last commit.
pub fn snapshot_file(commit: u64) -> String {
    format!("{commit:020}.db")
}

/// The manifest of the snapshot with that last commit.
pub fn manifest_file(commit: u64) -> String {
    format!("{commit:020}.manifest")
}

/// The commit that a manifest's file is named by; `None` for another file.
pub fn manifest_commit(file: &str) -> Option<u64> {
    numbered(file, ".manifest")
}

/// A checkpoint's file by its time, the id of the key that signed it and what it says, since two may be of one time; names sort by
/// time.
pub fn checkpoint_file(time: Timestamp, key_id: &str, note: &str) -> String {
    let digest = Hash::of(&[note.as_bytes()]).to_string();
    format!("{}-{key_id}-{}.checkpoint", time_of_checkpoint(time), &digest[..8])
}

/// What the names of checkpoints of `time` or later sort after.
pub fn time_of_checkpoint(time: Timestamp) -> String {
    time.strftime("%Y%m%dT%H%M%S.%6fZ").to_string()
}

/// Whether a file is named as a checkpoint.
pub fn is_checkpoint(file: &str) -> bool {
    file.ends_with(".checkpoint")
}

fn numbered(file: &str, extension: &str) -> Option<u64> {
    let digits = file.strip_suffix(extension)?;
    (digits.len() == 20 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}
