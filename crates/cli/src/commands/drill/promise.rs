//! What a place of copies is kept for, and so what a drill from it may lose.

use std::{fs, time::Duration};

use vibesheets_ops::{archive::ArchivePlace, shipping};

use super::AN_HOUR;
use crate::config::Config;

/// A server takes a snapshot when the newest is a day old, and looks each hour.
const BETWEEN_SNAPSHOTS: Duration = Duration::from_secs(26 * 60 * 60);

/// What a copy is kept for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Promise {
    /// A mirror, and a snapshot of this moment: nothing that was there when the drill began is lost.
    Nothing,
    /// A replica, and other places: nothing older is lost.
    NothingOlderThan(Duration),
}

impl Promise {
    pub(super) fn of(from: Option<&ArchivePlace>, config: &Config) -> Self {
        let is = |place: Option<ArchivePlace>| {
            place.is_some_and(|place| from.is_some_and(|from| is_same_place(from, &place)))
        };
        if from.is_none() || is(config.mirror.value.clone().map(ArchivePlace::Folder)) {
            Self::Nothing
        } else if is(config.replica.value.clone()) {
            Self::NothingOlderThan(shipping::WORRYING)
        } else if is(config.backups_place()) {
            Self::NothingOlderThan(BETWEEN_SNAPSHOTS)
        } else {
            Self::NothingOlderThan(AN_HOUR)
        }
    }
}

fn is_same_place(one: &ArchivePlace, other: &ArchivePlace) -> bool {
    match (one, other) {
        (ArchivePlace::Folder(one), ArchivePlace::Folder(other)) => {
            one == other
                || fs::canonicalize(one)
                    .ok()
                    .zip(fs::canonicalize(other).ok())
                    .is_some_and(|(one, other)| one == other)
        }
        _ => one == other,
    }
}
