//! Audit files of a real store: there and back byte for byte, and whatever is wrong with one is found and named.

mod content;
mod damage;
mod round_trip;
mod support;
