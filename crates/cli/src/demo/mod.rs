//! The demo.
use crate::{config::Config, failure::Failure};
pub fn serve(_: &Config, _: bool) -> Result<(), Failure> {
    Ok(())
}
