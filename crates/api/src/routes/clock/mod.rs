//! The clock's button.

pub mod press;
