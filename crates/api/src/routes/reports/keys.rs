//! What a report is grouped by.

use serde::{Deserialize, Deserializer, de::Error};
use vibesheets_core::actions::reports::ReportKey;

/// One to three different keys, separated by commas.
#[derive(Debug, Clone)]
pub struct ReportKeys(pub Vec<ReportKey>);

const EXPECTED: &str = "must be one to three different ones of date, project, client, member and tag, \
                        separated by commas";

fn read(text: &str) -> Option<Vec<ReportKey>> {
    let mut keys = Vec::with_capacity(3);
    for name in text.split(',') {
        let key = match name {
            "date" => ReportKey::Date,
            "project" => ReportKey::Project,
            "client" => ReportKey::Client,
            "member" => ReportKey::Member,
            "tag" => ReportKey::Tags,
            _ => return None,
        };
        if keys.contains(&key) || keys.len() == 3 {
            return None;
        }
        keys.push(key);
    }
    Some(keys)
}

impl<'de> Deserialize<'de> for ReportKeys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        read(&text).map(Self).ok_or_else(|| D::Error::custom(EXPECTED))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_to_three_different_keys_are_taken() {
        assert_eq!(read("member,project"), Some(vec![ReportKey::Member, ReportKey::Project]));
        for text in ["", "date,", "date,date", "week", "date,project,client,member", "Date"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
