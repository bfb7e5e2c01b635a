//! `vibesheets serve`.

use clap::Args;

use super::Shell;
use crate::{
    config::{
        Flag,
        keys::{self, Key},
    },
    demo,
    failure::Failure,
    server,
};

/// What to serve, and how.
#[derive(Debug, Args)]
pub struct Arguments {
    /// What the arguments set.
    #[command(flatten)]
    pub settings: Settings,
    /// Serve a team of twelve with three months of history, from a store of its own in ./data/demo
    #[arg(long)]
    demo: bool,
}

/// Settings that have an argument.
#[derive(Debug, Args)]
pub struct Settings {
    /// development, staging or production [default: development]
    #[arg(long, value_name = "ENVIRONMENT")]
    env: Option<String>,
    /// The address to listen on [default: 127.0.0.1:3000]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// The address that browsers use [default: http://localhost and the port]
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Where everything is kept [default: sqlite:./data/vibesheets.db]
    #[arg(long, value_name = "URL")]
    store: Option<String>,
    /// A folder on another disk that holds every commit before it is acknowledged
    #[arg(long, value_name = "DIR")]
    mirror: Option<String>,
    /// Acknowledge without the mirror while it cannot be written, and bring it up to date afterwards
    #[arg(long)]
    mirror_optional: bool,
    /// A folder or s3://BUCKET/PREFIX that every commit is shipped to within half a second
    #[arg(long, value_name = "URL")]
    replica: Option<String>,
    /// Where a snapshot goes each day: a folder, s3://BUCKET/PREFIX or none [default: backups beside the database]
    #[arg(long, value_name = "URL")]
    backups: Option<String>,
    /// Who may sign up once there is an owner: invite or open [default: invite]
    #[arg(long, value_name = "WHO")]
    signup: Option<String>,
    /// How log lines look: text or json [default: text in development, json elsewhere]
    #[arg(long, value_name = "FORMAT")]
    log_format: Option<String>,
}

impl Settings {
    /// What the arguments set.
    pub fn flags(&self) -> Vec<Flag> {
        let mirror_optional = self.mirror_optional.then(|| true.to_string());
        let said: [(Key, &Option<String>); 10] = [
            (keys::ENV, &self.env),
            (keys::LISTEN, &self.listen),
            (keys::PUBLIC_URL, &self.public_url),
            (keys::STORE, &self.store),
            (keys::MIRROR, &self.mirror),
            (keys::MIRROR_OPTIONAL, &mirror_optional),
            (keys::REPLICA, &self.replica),
            (keys::BACKUPS, &self.backups),
            (keys::SIGNUP, &self.signup),
            (keys::LOG_FORMAT, &self.log_format),
        ];
        said.into_iter().filter_map(|(key, value)| Some(Flag { key, value: value.clone()? })).collect()
    }
}

pub(super) fn run(arguments: &Arguments, shell: &Shell) -> Result<(), Failure> {
    if arguments.demo {
        demo::serve(&shell.config, shell.json)
    } else {
        server::serve(&shell.config, shell.json)
    }
}
