//! `make bench`: the budgets of the product, each beside a baseline from the same run.

#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "rates and percentiles of measurements"
)]

mod baseline;
mod http;
mod report;
mod rows;
mod seed;
mod server;
mod stopwatch;

use std::{path::Path, process::Command, sync::Arc};

use jiff::Timestamp;
use vibesheets_store_sqlite::{Location, Options, SqliteStore};

use crate::{rows::Signed, server::Server, stopwatch::Stopwatch};

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let now = now();
    let folder = tempfile::tempdir_in(target())?;
    let database = folder.path().join("vibesheets.db");
    eprintln!("writing 1.5 million entries …");
    let watch = Stopwatch::start();
    let store = Arc::new(SqliteStore::open(&Location::File(database.clone()), &Options::default())?);
    let sessions = seed::fill(Arc::clone(&store), now).await?;
    drop(store);
    eprintln!("written in {:.0} s", watch.elapsed().as_secs_f64());

    let server = Server::start(&server::binary(), &database).await?;
    let signed = Signed::new(&server::tokens(server.address)?, &sessions);
    let (start_up, idle) = rows::start_up(&server)?;
    let (clock, rate) = rows::clock(&server, &signed, folder.path()).await?;
    let (status, month) = (rows::status(&server, &signed).await?, rows::month(&server, &signed, now).await?);
    let export = rows::export(&server, &signed, now, idle).await?;
    let server =
        server.again_with_mirror(&server::binary(), &database, &folder.path().join("mirror")).await?;
    eprintln!("the first copy in the mirror took {:.1} s", server.start_up.as_secs_f64());
    let mirrored = rows::mirrored(&server, &signed, rate).await?;
    drop(server);
    let restored = rows::restored(folder.path()).await?;
    let rows = [clock, mirrored, status, month, export, start_up, restored];
    let page = report::page(&rows, &now.to_string()[..10], &commit(), cores());
    print!("{page}");
    std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/BENCHMARKS.md"), page)?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the entries of the benchmark end today")]
fn now() -> Timestamp {
    Timestamp::now()
}

fn target() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target")
}

fn commit() -> String {
    let output = Command::new("git").args(["rev-parse", "--short", "HEAD"]).output();
    output.map_or_else(
        |_| "unknown".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
