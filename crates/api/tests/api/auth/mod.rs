//! `/auth`

mod configuration;
mod invitation;
mod limits;
mod log_in;
mod log_out;
mod same_site;
mod sign_up;
mod token;
