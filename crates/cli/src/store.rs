//! The one place that knows which stores there are: from the configuration's text to an open store.

use std::{fmt, future::pending, path::Path, str::FromStr, sync::Arc};

use vibesheets_core::{StoreId, durability::Durability, store::Store};
use vibesheets_store_dynamodb::DynamoDbStore;
use vibesheets_store_sqlite::{OpenError, Options, SqliteStore};

use crate::{
    config::{Setting, Source},
    failure::{Exit, Failure},
    private_file,
    system::SystemRandom,
};

/// Where a store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreLocation {
    /// A file on this machine.
    Sqlite(vibesheets_store_sqlite::Location),
    /// Tables that many machines share.
    DynamoDb(vibesheets_store_dynamodb::Location),
}

impl FromStr for StoreLocation {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.starts_with("dynamodb:") {
            return text
                .parse()
                .map(Self::DynamoDb)
                .map_err(|error: vibesheets_store_dynamodb::InvalidLocation| error.to_string());
        }
        text.parse().map(Self::Sqlite).map_err(|_| {
            "must be sqlite:PATH, such as sqlite:./data/vibesheets.db, sqlite::memory:, or \
             dynamodb:PREFIX?region=REGION"
                .to_owned()
        })
    }
}

impl fmt::Display for StoreLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(location) => location.fmt(f),
            Self::DynamoDb(location) => location.fmt(f),
        }
    }
}

/// An open store, as whatever it is.
#[derive(Clone)]
pub enum OpenStore {
    /// One file, which this process holds.
    Sqlite(Arc<SqliteStore>),
    /// Tables.
    DynamoDb(Arc<DynamoDbStore>),
}

impl OpenStore {
    /// What tells the store from others; `None` on an engine that gives it no id.
    pub fn id(&self) -> Option<StoreId> {
        match self {
            Self::Sqlite(store) => Some(Durability::store_id(&**store)),
            Self::DynamoDb(_) => None,
        }
    }

    /// As the port that everything else knows.
    pub fn shared(&self) -> Arc<dyn Store> {
        match self {
            Self::Sqlite(store) => Arc::<SqliteStore>::clone(store),
            Self::DynamoDb(store) => Arc::<DynamoDbStore>::clone(store),
        }
    }

    /// Waits until the store can write no more, which only a defect brings about.
    pub async fn writer_ended(&self) {
        match self {
            Self::Sqlite(store) => store.writer_ended().await,
            Self::DynamoDb(_) => pending().await,
        }
    }
}

/// Opens the configured store. The folder is made where nobody chose the place; whoever names one may have mistyped it.
///
/// # Errors
/// [`Failure`] with [`Exit::Store`] that says what to do.
pub async fn open(setting: &Setting<StoreLocation>) -> Result<OpenStore, Failure> {
    open_with(setting, &Options::default()).await
}

/// [`open`], with what only a file's store can have.
///
/// # Errors
/// [`Failure`] with [`Exit::Store`] that says what to do.
pub async fn open_with(setting: &Setting<StoreLocation>, options: &Options) -> Result<OpenStore, Failure> {
    if options.mirror.is_some() && !matches!(setting.value, StoreLocation::Sqlite(_)) {
        return Err(Failure::usage("only a store in a file has a mirror; DynamoDB keeps its own copies"));
    }
    if let (Source::Default, StoreLocation::Sqlite(vibesheets_store_sqlite::Location::File(path))) =
        (&setting.source, &setting.value)
    {
        let folder = path.parent().unwrap_or(Path::new("."));
        private_file::create_folder(folder).map_err(|error| {
            Failure::new(Exit::Store, format!("cannot make the folder {}: {error}", folder.display()))
        })?;
    }
    match &setting.value {
        StoreLocation::Sqlite(location) => open_file(location, options),
        location => open_at(location).await,
    }
}

fn open_file(location: &vibesheets_store_sqlite::Location, options: &Options) -> Result<OpenStore, Failure> {
    let store = SqliteStore::open(location, options);
    store.map(|store| OpenStore::Sqlite(Arc::new(store))).map_err(|error| open_error(&error))
}

/// Opens the store at `location`; a file is made where there is none, tables are not.
///
/// # Errors
/// [`Failure`] with [`Exit::Store`] that says what to do.
pub async fn open_at(location: &StoreLocation) -> Result<OpenStore, Failure> {
    match location {
        StoreLocation::Sqlite(location) => open_file(location, &Options::default()),
        StoreLocation::DynamoDb(location) => {
            let store = DynamoDbStore::connect(location, Arc::new(SystemRandom)).await;
            store
                .map(|store| OpenStore::DynamoDb(Arc::new(store)))
                .map_err(|error| Failure::new(Exit::Store, error))
        }
    }
}

/// Why a file could not be opened.
pub fn open_error(error: &OpenError) -> Failure {
    Failure::new(Exit::Store, error)
}
