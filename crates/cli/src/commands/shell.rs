//! What every command gets: the configuration and how to answer.

use std::{env, path::Path};

use clap::Args;
use serde_json::Value;

use crate::{
    client::Client,
    config::{Config, Flag, Sources, keys},
    failure::Failure,
    output,
};

/// Which server a client command talks to.
#[derive(Debug, Args)]
pub struct ServerFlag {
    /// The server's address, such as https://time.example.com [default: where you signed in]
    #[arg(long, value_name = "URL")]
    server: Option<String>,
}

impl ServerFlag {
    /// What the argument sets.
    pub fn flags(&self) -> Vec<Flag> {
        self.server.iter().map(|value| Flag { key: keys::SERVER, value: value.clone() }).collect()
    }
}

/// The configuration and how to answer.
#[derive(Debug)]
pub struct Shell {
    /// What the process was told.
    pub config: Config,
    /// Whether a script reads the answer.
    pub json: bool,
}

impl Shell {
    /// Reads the environment and the file: the one place that does.
    ///
    /// # Errors
    /// [`Failure`] with [`crate::failure::Exit::Usage`] for a wrong setting.
    pub fn read(flags: Vec<Flag>, json: bool) -> Result<Self, Failure> {
        let sources = Sources::gather(flags, env::vars_os(), Path::new("")).map_err(Failure::usage)?;
        let config = Config::load(&sources).map_err(Failure::usage)?;
        Ok(Self { config, json })
    }

    /// A client that is signed in.
    ///
    /// # Errors
    /// [`Failure`] where nobody is.
    pub fn client(&self) -> Result<Client, Failure> {
        Client::signed_in(&self.config)
    }

    /// Prints `value` for scripts, or what `words` makes of it for people.
    ///
    /// # Errors
    /// [`Failure`] where standard output is closed.
    pub fn answer(&self, value: &Value, words: impl FnOnce() -> String) -> Result<(), Failure> {
        if self.json { output::print(&format!("{value:#}\n")) } else { output::print(&words()) }
    }
}
