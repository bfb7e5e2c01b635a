//! Whose time a question is about.

use serde::{Deserialize, Deserializer, de::Error};
use vibesheets_core::{MemberId, actions::reports::Whose};

/// `member_id` in a query: a member, or `all`; the caller's own time where absent.
#[derive(Debug, Clone, Copy, Default)]
pub struct WhoseTime(Option<Option<MemberId>>);

impl From<WhoseTime> for Whose {
    fn from(whose: WhoseTime) -> Self {
        match whose.0 {
            None => Self::Own,
            Some(None) => Self::Everyone,
            Some(Some(member)) => Self::Member(member),
        }
    }
}

impl<'de> Deserialize<'de> for WhoseTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "all" {
            return Ok(Self(Some(None)));
        }
        let member = text.parse().map_err(|_| D::Error::custom("must be a member's id, or `all`"))?;
        Ok(Self(Some(Some(member))))
    }
}
