//! What is wrong with the configuration, where, and what would be right.

/// Why there is no configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// Nobody knows this key; most likely it is mistyped.
    #[error("unknown key `{key}` in {place}; did you mean `{nearest}`?")]
    Unknown {
        /// As it was written.
        key: String,
        /// The environment or the file.
        place: String,
        /// The known one that is most like it.
        nearest: String,
    },
    /// A person's own secret stands in a file that others may read.
    #[error("`{key}` must not stand in {place}; set {variable} in the environment instead")]
    NotInFile {
        /// The key.
        key: &'static str,
        /// The file.
        place: String,
        /// Where it may stand.
        variable: String,
    },
    /// The text does not make sense for its key.
    #[error("{key}: `{value}` {problem} (from {place})")]
    Invalid {
        /// The key.
        key: &'static str,
        /// What was given; `(secret)` for secrets.
        value: String,
        /// What is wrong with it and what would be right.
        problem: String,
        /// Where it was given.
        place: String,
    },
    /// The file is there but cannot be used.
    #[error("{path}: {problem}")]
    File {
        /// The file.
        path: String,
        /// What is wrong with it.
        problem: String,
    },
    /// Plain http where others could listen.
    #[error(
        "public_url: {url} sends passwords in the clear over a network, which is refused in {environment}; \
         give it https (set VIBESHEETS_PUBLIC_URL to the https address that browsers use)"
    )]
    PlainHttp {
        /// The address.
        url: String,
        /// Not `development`.
        environment: &'static str,
    },
}
