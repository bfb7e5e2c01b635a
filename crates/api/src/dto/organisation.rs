//! An organisation.

use serde::Serialize;
use utoipa::ToSchema;
use vibesheets_core::{Name, Organisation, OrganisationId};

/// A tenant; nothing crosses it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Organisation)]
pub struct OrganisationDto {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: OrganisationId,
    /// What its people call it.
    #[schema(value_type = String, example = "Analytical Engines")]
    pub name: Name,
    /// The zone that new members start with (IANA).
    #[schema(example = "Europe/Vienna")]
    pub time_zone: String,
    /// Where its weeks begin: 1 is Monday, 7 is Sunday (ISO 8601).
    #[schema(minimum = 1, maximum = 7, example = 1)]
    pub first_day_of_week: u8,
    /// What a member is expected to work in a week.
    #[schema(example = 138600)]
    pub week_target_seconds: u32,
    /// Counts its changes from 1; its `ETag`.
    pub version: u32,
}

impl From<&Organisation> for OrganisationDto {
    fn from(organisation: &Organisation) -> Self {
        Self {
            id: organisation.id,
            name: organisation.name.clone(),
            time_zone: organisation.time_zone.name().to_owned(),
            first_day_of_week: organisation.first_day_of_week.into(),
            week_target_seconds: organisation.week_target_seconds,
            version: organisation.version,
        }
    }
}
