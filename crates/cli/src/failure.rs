//! How a command fails: with a sentence that says what to do, and an exit code that scripts can tell apart.

use std::fmt::Display;

use serde::Serialize;

/// What an exit code says; `docs/CLI.md` lists them for users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Exit {
    /// Understood and refused: by the server, or because a file cannot be read or written.
    Refused = 1,
    /// Wrong arguments or configuration; nothing was tried.
    Usage = 2,
    /// The server did not answer; what was asked may be sent again.
    Unreachable = 3,
    /// `verify` found damage.
    Damaged = 4,
    /// The store could not be opened.
    Store = 5,
    /// The address could not be listened on.
    Listen = 6,
    /// A defect of ours.
    Internal = 70,
}

/// Why a command did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// Which kind.
    pub exit: Exit,
    /// What was wrong, where, and what to do.
    pub message: String,
    /// The server's `application/problem+json`, where it answered with one.
    pub problem: Option<serde_json::Value>,
}

impl Failure {
    /// A failure of this kind.
    pub fn new(exit: Exit, message: impl Display) -> Self {
        Self { exit, message: message.to_string(), problem: None }
    }

    /// Understood and refused.
    pub fn refused(message: impl Display) -> Self {
        Self::new(Exit::Refused, message)
    }

    /// Wrong arguments.
    pub fn usage(message: impl Display) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// A defect of ours.
    pub fn internal(message: impl Display) -> Self {
        Self::new(Exit::Internal, message)
    }

    /// What goes to standard error: a sentence, or JSON for scripts that asked for it.
    pub fn report(&self, json: bool) -> String {
        if !json {
            return format!("error: {}", self.message);
        }
        let error = serde_json::json!({
            "error": { "kind": self.exit, "exit_code": self.exit as u8, "detail": self.message, "problem": self.problem }
        });
        error.to_string()
    }
}
