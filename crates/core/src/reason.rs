//! Why something is refused: for people in English, and for programs that say it in another language.

use std::{borrow::Cow, collections::BTreeMap, fmt};

/// Why something is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// For programs: a word that never changes.
    pub code: Cow<'static, str>,
    /// What a sentence about it names, by a word that never changes.
    pub params: BTreeMap<Cow<'static, str>, String>,
    /// For people: what is wrong and what would be right.
    pub detail: String,
}

impl Reason {
    /// `detail`, which programs know as `code`.
    pub fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self { code: Cow::Borrowed(code), params: BTreeMap::new(), detail: detail.into() }
    }

    /// The same, which names `value` as `name`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.params.insert(Cow::Borrowed(name), value.to_string());
        self
    }

    /// The reason that a [`Carried`] took through `message`, if one did.
    pub fn carried_by(message: &str) -> Option<Self> {
        let (detail, rest) = message.split_once(SEPARATOR)?;
        let mut parts = rest.split(SEPARATOR);
        let code = Cow::Owned(parts.next()?.to_owned());
        let named = |part: &str| {
            let (name, value) = part.split_once('=')?;
            Some((Cow::Owned(name.to_owned()), value.to_owned()))
        };
        Some(Self { code, params: parts.filter_map(named).collect(), detail: detail.to_owned() })
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

/// ASCII's unit separator, which no detail and no parameter holds.
const SEPARATOR: char = '\u{1f}';

/// A reason on its way through an interface that hands on nothing but a text, as serde's errors do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried(Reason);

impl<R: Into<Reason>> From<R> for Carried {
    fn from(reason: R) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for Carried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Reason { code, params, detail } = &self.0;
        let plain = |text: &str| text.replace(SEPARATOR, " ");
        write!(f, "{}{SEPARATOR}{code}", plain(detail))?;
        params.iter().try_for_each(|(name, value)| write!(f, "{SEPARATOR}{name}={}", plain(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_comes_out_of_a_text_as_it_went_in() {
        let reason =
            Reason::new("unknown_time_zone", "there is no zone a=b").with("name", "a=b").with("x", "");
        assert_eq!(Reason::carried_by(&Carried::from(reason.clone()).to_string()), Some(reason));
        assert_eq!(Reason::carried_by("missing field `name`"), None);
    }

    #[test]
    fn a_separator_in_what_somebody_sent_adds_nothing() {
        let reason = Reason::new("unknown_time_zone", "no").with("name", "a\u{1f}code=b");
        let carried = Reason::carried_by(&Carried::from(reason).to_string()).expect("carried");
        assert_eq!(carried.params.len(), 1);
    }
}
