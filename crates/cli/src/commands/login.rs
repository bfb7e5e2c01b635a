//! `vibesheets login`: signs in and keeps the token where only its owner reads it.

use std::io::{self, BufRead, IsTerminal, Write};

use clap::Args;
use jiff::SignedDuration;
use serde_json::json;
use vibesheets_api::{Environment, PublicUrl};
use vibesheets_core::TimeSource;

use super::{ServerFlag, Shell};
use crate::{
    client::{
        Client, Credentials,
        replies::{Me, Token},
    },
    config::{Config, Flag, Source, keys},
    failure::Failure,
    output,
    system::SystemTime,
};

/// Where to sign in, and as whom. The password comes from VIBESHEETS_PASSWORD, the prompt or standard input.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    server: ServerFlag,
    /// Your e-mail address
    #[arg(long)]
    email: Option<String>,
    /// The organisation's id, where you are a member of several
    #[arg(long, value_name = "ID")]
    organisation: Option<String>,
}

impl Arguments {
    pub(super) fn flags(&self) -> Vec<Flag> {
        let mut flags = self.server.flags();
        flags.extend(self.email.iter().map(|value| Flag { key: keys::EMAIL, value: value.clone() }));
        flags
    }
}

pub(super) fn run(arguments: &Arguments, shell: &Shell) -> Result<(), Failure> {
    let config = &shell.config;
    let server = server(config)?;
    expect_private(&server, config)?;
    let email = match config.email.value.clone() {
        Some(email) => email,
        None => ask("E-mail: ", false)?,
    };
    let password = match &config.password.value {
        Some(secret) => secret.reveal().to_owned(),
        None => ask("Password: ", true)?,
    };
    let mut body = json!({ "email": email, "password": password });
    if let Some(organisation) = &arguments.organisation {
        body["organisation"] = json!(organisation);
    }
    let reply = Client::of(&server, None).change("POST", "/auth/token", &body, None)?;
    let token: Token = reply.read()?;
    let expires_at = SystemTime.now() + SignedDuration::from_secs(token.expires_in);
    let credentials =
        Credentials { server: server.to_string(), email, access_token: token.access_token, expires_at };
    let me: Me = Client::of(&server, Some(credentials.token())).get("/me")?.read()?;
    let path = credentials.keep(config)?;
    let told = json!({ "server": server.to_string(), "member": me.member.name, "role": me.member.role,
        "organisation": me.organisation.name, "expires_at": expires_at, "kept_in": path });
    shell.answer(&told, || {
        let Me { member, organisation } = &me;
        format!(
            "Signed in to {server} as {} ({}, {}) for {} minutes.\n",
            member.name,
            member.role,
            organisation.name,
            token.expires_in / 60
        )
    })
}

/// The server that was named, or the one signed in to before.
fn server(config: &Config) -> Result<PublicUrl, Failure> {
    if let Some(server) = &config.server.value {
        return Ok(server.clone());
    }
    match Credentials::read(config) {
        Ok(Some(kept)) => {
            kept.server.parse().map_err(|error| Failure::usage(format!("{}: {error}", kept.server)))
        }
        Ok(None) | Err(_) => Err(Failure::usage("say where: `vibesheets login --server URL`")),
    }
}

/// The password goes to nobody who listens on the way: development is only what was said to be.
fn expect_private(server: &PublicUrl, config: &Config) -> Result<(), Failure> {
    let environment = match config.environment.source {
        Source::Default => Environment::Production,
        _ => config.environment.value,
    };
    server.check_transport(environment).map_err(|error| {
        Failure::usage(format!("{error}; or set VIBESHEETS_ENV=development where nobody listens on the way"))
    })
}

fn ask(prompt: &str, hidden: bool) -> Result<String, Failure> {
    let failed = |error: io::Error| Failure::usage(format!("{}no answer ({error})", prompt.to_lowercase()));
    if io::stdin().is_terminal() && hidden {
        return rpassword::prompt_password(prompt).map_err(failed);
    }
    if io::stdin().is_terminal() {
        eprint_prompt(prompt);
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(failed)?;
    let answer = line.trim_end_matches(['\r', '\n']);
    if answer.is_empty() {
        let what = prompt.trim_end_matches([':', ' ']).to_lowercase();
        return Err(Failure::usage(format!(
            "no {what} was given; type it, or set VIBESHEETS_EMAIL and VIBESHEETS_PASSWORD"
        )));
    }
    Ok(answer.to_owned())
}

fn eprint_prompt(prompt: &str) {
    let mut error = io::stderr();
    if write!(error, "{prompt}").and_then(|()| error.flush()).is_err() {
        output::complain(prompt);
    }
}
