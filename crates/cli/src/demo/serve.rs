//! `vibesheets serve --demo`: makes the team, proves it, proves the proof, and serves it.

use std::path::{Path, PathBuf};

use tokio::runtime;
use vibesheets_api::DemoSignIn;
use vibesheets_core::TimeSource;
use vibesheets_store_sqlite::{Location, Snapshot};

use super::{
    build::build_once,
    cast::{ORGANISATION, PASSWORD, address},
    flip::flip_one_byte,
};
use crate::{
    config::{Config, Source},
    failure::{Exit, Failure},
    output,
    proof::prove,
    server,
    store::{self, StoreLocation},
    system::SystemTime,
};

/// Where the demo is where nobody chose another place.
const PATH: &str = "./data/demo/vibesheets.db";

/// Serves the demo until told to end.
///
/// # Errors
/// [`Failure`] that says why it could not begin.
pub fn serve(config: &Config, json: bool) -> Result<(), Failure> {
    let _log = server::begin_log(config.log_format.value);
    let mut config = config.clone();
    if config.store.source == Source::Default {
        config.store.value = StoreLocation::Sqlite(Location::File(PathBuf::from(PATH)));
    }
    let StoreLocation::Sqlite(Location::File(path)) = config.store.value.clone() else {
        return Err(Failure::usage(
            "the demo needs a file, since it shows a copy of it damaged; leave --store away",
        ));
    };
    let runtime = runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::internal)?;
    let words = runtime.block_on(prepare(&path))?;
    drop(runtime);
    if !json {
        output::print(&words)?;
    }
    let roles = ["owner", "admin", "manager", "member"].map(address).join(", ");
    let sign_in = format!("Sign in as {roles}; the password is {PASSWORD}\n");
    let demo = DemoSignIn { email: address("owner"), password: PASSWORD.to_owned() };
    server::serve_store(&config, json, &sign_in, Some(demo))
}

async fn prepare(path: &Path) -> Result<String, Failure> {
    let made = build_once(path).await?;
    let mut text = if made {
        format!(
            "{ORGANISATION}: a team of 12 and at least three months of their time, made in {}\n",
            path.display()
        )
    } else {
        format!("{ORGANISATION}, as you left it in {} (remove that file to begin anew)\n", path.display())
    };
    let store = Snapshot::open(path).map_err(|error| store::open_error(&error))?;
    let audit = prove(&store, SystemTime.now(), &[], &|_| {});
    let audit = audit.await.map_err(|error| Failure::new(Exit::Store, error))?;
    drop(store);
    text.push_str(&format!(
        "verify walks {} streams with {} records and {} entries: {}\n",
        audit.streams,
        audit.records,
        audit.entries,
        if audit.findings.is_empty() {
            "every record is as it was written"
        } else {
            "NOT as they were written"
        },
    ));
    let flipped = flip_one_byte(path).await?;
    text.push_str(&format!(
        "One byte flipped in a copy (byte {}, `{}` became `{}`), and verify says:\n",
        flipped.offset,
        char::from(flipped.before),
        char::from(flipped.after)
    ));
    for finding in &flipped.audit.findings {
        text.push_str(&format!("  {finding}\n"));
    }
    text.push('\n');
    Ok(text)
}
