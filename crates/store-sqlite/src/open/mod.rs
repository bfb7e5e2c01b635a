//! Opening a database: its place, its lock, its checks, its schema, and the settings of each connection.

mod connection;
mod error;
mod location;
mod place;
mod schema;

pub use connection::fold_log;
pub(crate) use connection::{checkpointer, distrust, reader, snapshot, writer};
pub use error::OpenError;
pub use location::{InvalidLocation, Location};
pub use place::FileLock;
pub(crate) use place::{
    Held, create, create_private_folder, keep_private, prepare, private_file, sync_folder, sync_log,
};
pub use schema::SCHEMA_VERSION;
pub(crate) use schema::differences as schema_differences;
