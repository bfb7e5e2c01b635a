//! `vibesheets.toml`.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use toml::{Table, Value};

use super::{
    ConfigError,
    keys::{self, Key},
};

/// What the file says: the `named` one, which must be there, or the `usual` one, which need not.
///
/// # Errors
/// [`ConfigError`] where the file cannot be read, is no TOML or holds what it must not.
pub fn read(named: Option<&Path>, usual: &Path) -> Result<Vec<(Key, String, PathBuf)>, ConfigError> {
    let path = named.unwrap_or(usual);
    let problem = |problem: String| ConfigError::File { path: path.display().to_string(), problem };
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound && named.is_none() => return Ok(Vec::new()),
        Err(error) => return Err(problem(format!("cannot be read: {error}"))),
    };
    let table: Table = text.parse().map_err(|error: toml::de::Error| problem(error.to_string()))?;
    let place = path.display().to_string();
    let mut said = Vec::new();
    for (name, value) in table {
        let key = keys::of_file(&name, &place)?;
        said.push((key, plain(key, value, &place)?, path.to_owned()));
    }
    Ok(said)
}

fn plain(key: Key, value: Value, place: &str) -> Result<String, ConfigError> {
    match value {
        Value::String(text) => Ok(text),
        Value::Integer(number) => Ok(number.to_string()),
        other => Err(ConfigError::Invalid {
            key: key.name,
            value: if key.secret { "(secret)".to_owned() } else { other.to_string() },
            problem: "must be a text in quotes".to_owned(),
            place: place.to_owned(),
        }),
    }
}
