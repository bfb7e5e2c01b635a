//! `/members`

mod create;
mod edit;
mod erase;
mod invite;
mod list;
mod show;
