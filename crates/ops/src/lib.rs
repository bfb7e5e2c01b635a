//! For operators: keeping a store's data in more than one place, and bringing it back.
//!
//! An [`archive`] is a folder or an S3 prefix with snapshots and segments: a mirror, a replica and a place for backups are
//! all read alike. [`shipping`] keeps a replica, [`backup`] writes, lists, proves and prunes snapshots, [`restore`] brings
//! any commit back, both in a [`scratch`] folder first. A [`checkpoint`] is signed, so that nobody can write the past anew unnoticed.

pub mod archive;
pub mod backup;
pub mod checkpoint;
pub mod restore;
pub mod scratch;
pub mod shipping;
