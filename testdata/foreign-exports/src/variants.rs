//! The tables of variants: what is known to exist, one value each.

mod clockify;
mod toggl;

pub(crate) use clockify::CLOCKIFY;
pub(crate) use toggl::TOGGL;

const VIENNA: &str = "Europe/Vienna";
const NEW_YORK: &str = "America/New_York";
const LORD_HOWE: &str = "Australia/Lord_Howe";
