//! The `vibesheets` command.

fn main() {}
