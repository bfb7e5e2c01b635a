//! `vibesheets config`: what is in force, and from where.

use clap::Args;

use super::{Shell, serve::Settings};
use crate::{failure::Failure, output::Table};

/// The same arguments as `serve` takes, to see what they do.
#[derive(Debug, Args)]
pub struct Arguments {
    /// What the arguments set.
    #[command(flatten)]
    pub settings: Settings,
}

pub(super) fn run(shell: &Shell) -> Result<(), Failure> {
    let rows = shell.config.rows();
    shell.answer(&serde_json::json!({ "settings": rows }), || {
        let mut table = Table::new(["SETTING", "VALUE", "FROM"]);
        for row in &rows {
            let value = row.value.clone().unwrap_or_else(|| "-".to_owned());
            table.row([row.key.to_owned(), value, row.source.clone()]);
        }
        table.render(0)
    })
}
