//! The API as its clients see it: stories told by clients named by role, in a tree that mirrors the URLs.

mod auth;
mod authorization;
mod checkpoint;
mod clients;
mod clock;
mod edge;
mod export;
mod functions;
mod health;
mod import;
mod imports;
mod me;
mod members;
mod openapi;
mod organisation;
mod projects;
mod proof;
mod reports;
mod requests;
mod sessions;
mod status;
mod support;
mod tags;
mod timesheets;
mod unhealthy_store;
