//! From texts to a configuration that holds together.

use std::{fmt::Display, net::SocketAddr, path::PathBuf};

use vibesheets_api::{Environment, PublicUrl, Secret as SessionKey, SignUpMode, TrustedProxies};
use vibesheets_ops::archive::{Archive, ArchiveError, ArchivePlace};

use super::{
    Backups, ConfigError, LogFormat, Secret, Source, Sources,
    keys::{self, Key},
    values,
};
use crate::store::StoreLocation;
use vibesheets_store_sqlite::MirrorOptions;

/// A value and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting<T> {
    /// What is in force.
    pub value: T,
    /// Who said so.
    pub source: Source,
}

/// Everything that the process was told.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the process runs.
    pub environment: Setting<Environment>,
    /// The address to listen on.
    pub listen: Setting<SocketAddr>,
    /// The address that browsers use.
    pub public_url: Setting<PublicUrl>,
    /// The networks of the proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Setting<TrustedProxies>,
    /// Where everything is kept.
    pub store: Setting<StoreLocation>,
    /// The second folder that holds every commit before it is acknowledged.
    pub mirror: Setting<Option<PathBuf>>,
    /// Whether commits are acknowledged while the mirror cannot be written.
    pub mirror_optional: Setting<bool>,
    /// Where commits are shipped to.
    pub replica: Setting<Option<ArchivePlace>>,
    /// Where snapshots are kept; `None` for the folder `backups` beside the database.
    pub backups: Setting<Option<Backups>>,
    /// Who may sign up once there is an owner.
    pub sign_up: Setting<SignUpMode>,
    /// What sessions are signed with; `None` for the key in a file beside the database.
    pub session_key: Setting<Option<SessionKey>>,
    /// The file with the key that checkpoints are signed with; `None` for the one beside the database.
    pub checkpoint_key: Setting<Option<PathBuf>>,
    /// How log lines look.
    pub log_format: Setting<LogFormat>,
    /// The server of the client commands; `None` for the one that the person signed in to.
    pub server: Setting<Option<PublicUrl>>,
    /// Who signs in.
    pub email: Setting<Option<String>>,
    /// Their password.
    pub password: Setting<Option<Secret>>,
    /// A token in place of the kept one.
    pub token: Setting<Option<Secret>>,
    /// The person's own configuration folder.
    pub personal_folder: Option<PathBuf>,
}

/// A place that copies are kept in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopiesPlace {
    /// Where it is.
    pub place: ArchivePlace,
    /// Whether it is the mirror, whose folder is the operator's to make: without its disk it is not there.
    pub is_mirror: bool,
}

impl CopiesPlace {
    /// The archive there. A folder that is not there is made, unless it is the mirror's.
    ///
    /// # Errors
    /// [`ArchiveError`] where the folder or the credentials are missing.
    pub fn open(&self) -> Result<Archive, ArchiveError> {
        Archive::open(&self.place, !self.is_mirror)
    }
}

impl From<ArchivePlace> for CopiesPlace {
    fn from(place: ArchivePlace) -> Self {
        Self { place, is_mirror: false }
    }
}

impl Config {
    /// Gives `sources` types and checks what only holds together.
    ///
    /// # Errors
    /// [`ConfigError`] that names the key, what is wrong and where it was said.
    pub fn load(sources: &Sources) -> Result<Self, ConfigError> {
        let read = Reader(sources);
        let environment = read.or(keys::ENV, values::environment, || Environment::Development)?;
        let listen =
            read.or(keys::LISTEN, values::listen_address, || SocketAddr::from(([127, 0, 0, 1], 3000)))?;
        let public_url = read.public_url(listen.value)?;
        if public_url.value.check_transport(environment.value).is_err() {
            let url = public_url.value.to_string();
            return Err(ConfigError::PlainHttp { url, environment: environment.value.as_str() });
        }
        let store = read.or(keys::STORE, str::parse::<StoreLocation>, default_store)?;
        let log_format = read.or(keys::LOG_FORMAT, values::log_format, || match environment.value {
            Environment::Development => LogFormat::Text,
            Environment::Staging | Environment::Production => LogFormat::Json,
        })?;
        Ok(Self {
            trusted_proxies: read.or(
                keys::TRUSTED_PROXIES,
                str::parse::<TrustedProxies>,
                TrustedProxies::default,
            )?,
            mirror: read.optional(keys::MIRROR, values::folder)?,
            mirror_optional: read.or(keys::MIRROR_OPTIONAL, values::yes_or_no, || false)?,
            replica: read.optional(keys::REPLICA, str::parse::<ArchivePlace>)?,
            backups: read.optional(keys::BACKUPS, str::parse::<Backups>)?,
            sign_up: read.or(keys::SIGNUP, values::sign_up, || SignUpMode::Invite)?,
            session_key: read.optional(keys::SESSION_KEY, values::session_key)?,
            checkpoint_key: read.optional(keys::CHECKPOINT_KEY, values::file)?,
            server: read.optional(keys::SERVER, |text| text.parse::<PublicUrl>())?,
            email: read.optional(keys::EMAIL, |text| Ok::<_, &str>(text.to_owned()))?,
            password: read.optional(keys::PASSWORD, |text| Ok::<_, &str>(Secret::from(text.to_owned())))?,
            token: read.optional(keys::TOKEN, |text| Ok::<_, &str>(Secret::from(text.to_owned())))?,
            personal_folder: sources.personal_folder(),
            environment,
            listen,
            public_url,
            store,
            log_format,
        })
    }
}

impl Config {
    /// Where snapshots are kept: as told, or in a folder beside the database; nowhere for what is no file.
    pub fn backups_place(&self) -> Option<ArchivePlace> {
        match (&self.backups.value, &self.store.value) {
            (Some(Backups::None), _) => None,
            (Some(Backups::In(place)), _) => Some(place.clone()),
            (None, StoreLocation::Sqlite(vibesheets_store_sqlite::Location::File(path))) => {
                Some(ArchivePlace::Folder(path.with_file_name("backups")))
            }
            (None, _) => None,
        }
    }

    /// The file with the key that checkpoints are signed with: as told, or beside the database; none for what is no file.
    pub fn checkpoint_key_file(&self) -> Option<PathBuf> {
        match (&self.checkpoint_key.value, &self.store.value) {
            (Some(path), _) => Some(path.clone()),
            (None, StoreLocation::Sqlite(vibesheets_store_sqlite::Location::File(path))) => {
                Some(path.with_file_name("checkpoint.key"))
            }
            (None, _) => None,
        }
    }

    /// Where copies are kept: mirror, replica and backups, as far as there are any.
    pub fn copies_places(&self) -> Vec<CopiesPlace> {
        let mirror = self.mirror.value.clone().map(ArchivePlace::Folder);
        let mirror = mirror.map(|place| CopiesPlace { place, is_mirror: true });
        let others = self.replica.value.clone().into_iter().chain(self.backups_place());
        mirror.into_iter().chain(others.map(CopiesPlace::from)).collect()
    }

    /// The mirror, as the store takes it.
    pub fn mirror_options(&self) -> Option<MirrorOptions> {
        let folder = self.mirror.value.clone()?;
        Some(MirrorOptions { folder, optional: self.mirror_optional.value })
    }
}

struct Reader<'a>(&'a Sources);

impl Reader<'_> {
    fn optional<T, E: Display>(
        &self,
        key: Key,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Result<Setting<Option<T>>, ConfigError> {
        let Some((text, source)) = self.0.text(key) else {
            return Ok(Setting { value: None, source: Source::Default });
        };
        match parse(text) {
            Ok(value) => Ok(Setting { value: Some(value), source: source.clone() }),
            Err(problem) => Err(ConfigError::Invalid {
                key: key.name,
                value: if key.secret { "(secret)".to_owned() } else { text.to_owned() },
                problem: problem.to_string(),
                place: source.to_string(),
            }),
        }
    }

    fn or<T, E: Display>(
        &self,
        key: Key,
        parse: impl Fn(&str) -> Result<T, E>,
        default: impl FnOnce() -> T,
    ) -> Result<Setting<T>, ConfigError> {
        let Setting { value, source } = self.optional(key, parse)?;
        Ok(Setting { value: value.unwrap_or_else(default), source })
    }

    fn public_url(&self, listen: SocketAddr) -> Result<Setting<PublicUrl>, ConfigError> {
        let Setting { value, source } = self.optional(keys::PUBLIC_URL, |text| text.parse::<PublicUrl>())?;
        let value = value.or_else(|| values::public_url_of(listen));
        value.map(|value| Setting { value, source }).ok_or_else(|| ConfigError::Invalid {
            key: keys::LISTEN.name,
            value: listen.to_string(),
            problem: "is no address that a browser could open; set VIBESHEETS_PUBLIC_URL".to_owned(),
            place: "the address to listen on".to_owned(),
        })
    }
}

fn default_store() -> StoreLocation {
    StoreLocation::Sqlite(vibesheets_store_sqlite::Location::File(PathBuf::from("./data/vibesheets.db")))
}
