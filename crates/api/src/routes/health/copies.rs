//! How what is kept beside the store is: a mirror, a replica, snapshots.

use std::time::Duration;

use serde::Serialize;
use utoipa::ToSchema;

use super::show::HealthStatus;

/// What keeps the copies tells of them.
pub trait CopiesHealth: Send + Sync {
    /// Whether the mirror holds everything; `None` without one.
    fn mirror_is_whole(&self) -> Option<bool>;

    /// The replica; `None` without one.
    fn replica(&self) -> Option<ReplicaHealth>;

    /// Whether each place of snapshots could be kept when it was last looked at; `None` where there is none.
    fn snapshots_are_kept(&self) -> Option<bool>;
}

/// How far behind a replica is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplicaHealth {
    /// How old the oldest commit is that it lacks.
    pub lag: Duration,
    /// Whether that is more than it may be.
    pub is_late: bool,
}

/// What is kept beside the store.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct CopiesCheck {
    /// Whether the mirror holds everything; absent without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    mirror: Option<HealthStatus>,
    /// Whether the replica holds everything but the last two seconds; absent without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    replica: Option<HealthStatus>,
    /// How old the oldest commit is that the replica lacks; absent without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    replica_lag_milliseconds: Option<u64>,
    /// Whether the last look, one each hour, found a snapshot of the last day in each of their places; absent without any.
    #[serde(skip_serializing_if = "Option::is_none")]
    snapshots: Option<HealthStatus>,
}

impl CopiesCheck {
    pub(super) fn of(copies: &dyn CopiesHealth) -> Self {
        let well = |is_well: bool| if is_well { HealthStatus::Ok } else { HealthStatus::Degraded };
        let replica = copies.replica();
        Self {
            mirror: copies.mirror_is_whole().map(well),
            replica: replica.map(|replica| well(!replica.is_late)),
            replica_lag_milliseconds: replica
                .map(|replica| u64::try_from(replica.lag.as_millis()).unwrap_or(u64::MAX)),
            snapshots: copies.snapshots_are_kept().map(well),
        }
    }

    pub(super) fn status(&self) -> HealthStatus {
        let degraded = [self.mirror, self.replica, self.snapshots].contains(&Some(HealthStatus::Degraded));
        if degraded { HealthStatus::Degraded } else { HealthStatus::Ok }
    }
}
