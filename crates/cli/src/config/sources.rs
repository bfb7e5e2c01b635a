//! Where the texts come from, and which of them stands.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fmt,
    path::{Path, PathBuf},
};

use super::{
    ConfigError, file,
    keys::{self, Key, VARIABLE_PREFIX},
};

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// An argument.
    Flag,
    /// The environment.
    Variable(String),
    /// A configuration file.
    File(PathBuf),
    /// Nobody said anything.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("argument"),
            Self::Variable(name) => f.write_str(name),
            Self::File(path) => path.display().fmt(f),
            Self::Default => f.write_str("default"),
        }
    }
}

/// An argument that sets a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// Which.
    pub key: Key,
    /// What it says.
    pub value: String,
}

/// Everything that was said, by key.
#[derive(Clone, Default)]
pub struct Sources {
    said: BTreeMap<&'static str, (String, Source)>,
    /// Folders that the operating system's own variables name.
    system: BTreeMap<&'static str, PathBuf>,
}

/// Variables of the operating system that we read.
const SYSTEM_VARIABLES: [&str; 2] = ["XDG_CONFIG_HOME", "HOME"];
/// The file that is read where nobody names another, in the folder that the command runs in.
const DEFAULT_FILE: &str = "vibesheets.toml";

impl Sources {
    /// Gathers what `flags`, `variables` and the file in `folder` say; the earlier of these stands.
    ///
    /// # Errors
    /// [`ConfigError`] for an unknown key or an unreadable file.
    pub fn gather(
        flags: Vec<Flag>,
        variables: impl IntoIterator<Item = (OsString, OsString)>,
        folder: &Path,
    ) -> Result<Self, ConfigError> {
        let mut sources = Self::default();
        for Flag { key, value } in flags {
            sources.say(key, value, Source::Flag);
        }
        for (name, value) in variables {
            sources.say_variable(&name.to_string_lossy(), value)?;
        }
        let named = sources.text(keys::CONFIG).map(|(path, _)| folder.join(path));
        for (key, value, path) in file::read(named.as_deref(), &folder.join(DEFAULT_FILE))? {
            sources.say(key, value, Source::File(path));
        }
        Ok(sources)
    }

    /// What was said about `key`, and where.
    pub fn text(&self, key: Key) -> Option<(&str, &Source)> {
        self.said.get(key.name).map(|(text, source)| (text.as_str(), source))
    }

    /// The person's own configuration folder by the XDG rules; `None` for someone without a home.
    pub fn personal_folder(&self) -> Option<PathBuf> {
        let folder = |name| self.system.get(name).filter(|path| path.is_absolute());
        let base = folder("XDG_CONFIG_HOME").cloned().or_else(|| Some(folder("HOME")?.join(".config")));
        base.map(|base| base.join("vibesheets"))
    }

    fn say(&mut self, key: Key, value: String, source: Source) {
        self.said.entry(key.name).or_insert((value, source));
    }

    fn say_variable(&mut self, name: &str, value: OsString) -> Result<(), ConfigError> {
        if let Some(known) = SYSTEM_VARIABLES.iter().find(|known| **known == name) {
            self.system.insert(known, value.into());
            return Ok(());
        }
        if !name.starts_with(VARIABLE_PREFIX) {
            return Ok(());
        }
        let key = keys::of_variable(name)?;
        let value = value.into_string().map_err(|_| ConfigError::Invalid {
            key: key.name,
            value: "…".to_owned(),
            problem: "is not UTF-8".to_owned(),
            place: name.to_owned(),
        })?;
        // An empty variable is how shells and service managers spell "not set".
        if !value.is_empty() {
            self.say(key, value, Source::Variable(name.to_owned()));
        }
        Ok(())
    }
}
