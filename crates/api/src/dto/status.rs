//! What the clock shows.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;
use vibesheets_core::actions::ClockState;

use super::EntryDto;

/// What the clock shows. Here and only here the running seconds count.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Status)]
pub struct StatusDto {
    /// Whether there is an open entry.
    pub clocked_in: bool,
    /// The open entry.
    #[schema(required)]
    pub entry: Option<EntryDto>,
    /// How long it has been open; 0 while clocked out.
    #[schema(example = 5400)]
    pub elapsed_seconds: i64,
    /// The open entry's work date, or the date now in the member's zone.
    #[schema(value_type = String, format = Date)]
    pub today: Date,
    /// The first work date of the week that `today` lies in.
    #[schema(value_type = String, format = Date)]
    pub week_start: Date,
    /// Today's seconds, the running ones included.
    #[schema(example = 19800)]
    pub today_seconds: i64,
    /// The week's seconds, the running ones included.
    #[schema(example = 82800)]
    pub week_seconds: i64,
    /// The server's time.
    #[schema(value_type = String, format = DateTime)]
    pub server_time: Timestamp,
}

impl From<&ClockState> for StatusDto {
    fn from(state: &ClockState) -> Self {
        Self {
            clocked_in: state.entry.is_some(),
            entry: state.entry.as_ref().map(EntryDto::from),
            elapsed_seconds: state.elapsed_seconds,
            today: state.today,
            week_start: state.week_start,
            today_seconds: state.today_seconds,
            week_seconds: state.week_seconds,
            server_time: state.server_time,
        }
    }
}
