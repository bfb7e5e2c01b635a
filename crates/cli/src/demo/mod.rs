//! A believable team to look around in: made through the same actions that people's own clicks go through, each at
//! the time it pretends to be, so that its journal is as real as any.

mod build;
mod calendar;
mod cast;
mod chance;
mod events;
mod flip;
mod people;
mod play;
mod rota;
mod serve;

#[cfg(test)]
mod tests;

pub use serve::serve;
