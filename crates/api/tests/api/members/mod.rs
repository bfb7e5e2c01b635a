//! `/members`

mod create;
mod edit;
mod invite;
mod list;
mod show;
