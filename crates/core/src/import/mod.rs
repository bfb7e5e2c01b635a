//! Other tools' files: reading them, and planning what would come in.

mod source;

pub use source::ImportSource;
