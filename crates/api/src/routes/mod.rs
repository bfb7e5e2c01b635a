//! One file per endpoint, from the top: what it takes and gives, its documentation, its handler.

pub mod health;
