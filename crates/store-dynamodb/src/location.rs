//! Which tables, where: `dynamodb:PREFIX?region=…&endpoint=…&suffix=…`.

use std::{fmt, str::FromStr};

use crate::keys::Table;

/// The tables of one store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// Stands before each table's name; may be empty.
    pub prefix: String,
    /// Stands behind each table's name; may be empty.
    pub suffix: String,
    /// The AWS region; what the environment says where `None`.
    pub region: Option<String>,
    /// Another engine than the region's, for development.
    pub endpoint: Option<String>,
}

/// The text is no location.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidLocation {
    /// It does not begin with `dynamodb:`.
    #[error("a DynamoDB store is named dynamodb:PREFIX?region=REGION&endpoint=URL&suffix=SUFFIX")]
    OtherScheme,
    /// A table cannot have such a name.
    #[error("{0:?} cannot be part of a table's name: use letters, digits, '_', '-' and '.'")]
    Name(String),
    /// A parameter that means nothing here.
    #[error("{0:?} is no parameter of a DynamoDB store: there are region, endpoint and suffix")]
    Parameter(String),
    /// The endpoint is no address of a server.
    #[error("the endpoint {0:?} must begin with http:// or https://")]
    Endpoint(String),
}

/// What location texts begin with.
const SCHEME: &str = "dynamodb:";

impl FromStr for Location {
    type Err = InvalidLocation;

    fn from_str(text: &str) -> Result<Self, InvalidLocation> {
        let rest = text.strip_prefix(SCHEME).ok_or(InvalidLocation::OtherScheme)?;
        let (prefix, parameters) = rest.split_once('?').unwrap_or((rest, ""));
        let mut location =
            Self { prefix: name(prefix)?, suffix: String::new(), region: None, endpoint: None };
        for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
            match parameter.split_once('=') {
                Some(("suffix", suffix)) => location.suffix = name(suffix)?,
                Some(("region", region)) => location.region = Some(name(region)?),
                Some(("endpoint", url)) if url.starts_with("http://") || url.starts_with("https://") => {
                    location.endpoint = Some(url.to_owned());
                }
                Some(("endpoint", url)) => return Err(InvalidLocation::Endpoint(url.to_owned())),
                _ => return Err(InvalidLocation::Parameter(parameter.to_owned())),
            }
        }
        Ok(location)
    }
}

/// At most 100 of the characters that AWS allows in a table's name, which has at most 255.
fn name(text: &str) -> Result<String, InvalidLocation> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if text.len() <= 100 && text.chars().all(allowed) {
        Ok(text.to_owned())
    } else {
        Err(InvalidLocation::Name(text.to_owned()))
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{SCHEME}{}", self.prefix)?;
        let suffix = Some(&self.suffix).filter(|suffix| !suffix.is_empty());
        let given =
            [("region", self.region.as_ref()), ("endpoint", self.endpoint.as_ref()), ("suffix", suffix)];
        let mut separator = '?';
        for (name, value) in given {
            if let Some(value) = value {
                write!(f, "{separator}{name}={value}")?;
                separator = '&';
            }
        }
        Ok(())
    }
}

impl Location {
    /// The name of `table` here.
    pub fn table_name(&self, table: Table) -> String {
        format!("{}{}{}", self.prefix, table.name(), self.suffix)
    }

    /// Whether the endpoint speaks plain HTTP: an engine for development, which wants no credentials.
    pub(crate) fn is_plain(&self) -> bool {
        self.endpoint.as_ref().is_some_and(|endpoint| endpoint.starts_with("http://"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_names_tables_region_and_endpoint() {
        let text = "dynamodb:vibesheets-?region=eu-central-1&endpoint=http://127.0.0.1:8000&suffix=-prod";
        let location: Location = text.parse().expect("a location");
        assert_eq!(location.table_name(Table::TimeEntries), "vibesheets-time_entries-prod");
        assert_eq!(location.region.as_deref(), Some("eu-central-1"));
        assert!(location.is_plain());
        assert_eq!(location.to_string(), text);
        let guide: Location = "dynamodb:".parse().expect("the guide's own names");
        assert_eq!(
            (guide.table_name(Table::TimeEntries), guide.to_string()),
            ("time_entries".into(), "dynamodb:".into())
        );
    }

    #[test]
    fn what_is_no_location_says_why() {
        for (text, error) in [
            ("sqlite:x", InvalidLocation::OtherScheme),
            ("dynamodb:a b", InvalidLocation::Name("a b".to_owned())),
            ("dynamodb:a?regoin=x", InvalidLocation::Parameter("regoin=x".to_owned())),
            ("dynamodb:a?endpoint=ftp://x", InvalidLocation::Endpoint("ftp://x".to_owned())),
        ] {
            assert_eq!(text.parse::<Location>(), Err(error), "{text}");
        }
    }
}
