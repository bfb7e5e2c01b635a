//! Who signed in where: a file that only its owner can read.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    config::{Config, Secret},
    failure::Failure,
};

/// A sign-in as it is kept.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// The server's address.
    pub server: String,
    /// Who signed in.
    pub email: String,
    /// What shows it.
    pub access_token: String,
    /// When that ends.
    pub expires_at: Timestamp,
}

impl Credentials {
    /// The kept sign-in, if there is one.
    ///
    /// # Errors
    /// [`Failure`] where the file is there but cannot be read.
    pub fn read(config: &Config) -> Result<Option<Self>, Failure> {
        let Some(path) = path(config) else { return Ok(None) };
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| {
                Failure::refused(format!(
                    "{}: {error}; run `vibesheets login` to write it anew",
                    path.display()
                ))
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::refused(format!("{}: {error}", path.display()))),
        }
    }

    /// Keeps it, and says where.
    ///
    /// # Errors
    /// [`Failure`] where there is no place to keep it.
    pub fn keep(&self, config: &Config) -> Result<PathBuf, Failure> {
        let path = path(config).ok_or_else(|| {
            Failure::refused("there is no folder to keep the sign-in in; set HOME or XDG_CONFIG_HOME")
        })?;
        let write = |path: &Path| {
            crate::private_file::create_folder(path.parent().unwrap_or(Path::new(".")))?;
            let text = serde_json::to_vec_pretty(self)?;
            crate::private_file::replace(path, &text)
        };
        write(&path).map_err(|error| Failure::refused(format!("{}: {error}", path.display())))?;
        Ok(path)
    }

    /// The token, which nobody sees.
    pub fn token(&self) -> Secret {
        Secret::from(self.access_token.clone())
    }
}

fn path(config: &Config) -> Option<PathBuf> {
    Some(config.personal_folder.as_ref()?.join("credentials.json"))
}
