//! A DynamoDB beside the tests: an independent implementation that ends with this process, unless
//! `VIBESHEETS_TEST_DYNAMODB` names the endpoint of another, such as Amazon's own DynamoDB Local.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
};

/// Its address, such as `http://127.0.0.1:8000`; started at the first call.
///
/// # Panics
/// Where it does not start.
pub fn dynamodb_endpoint() -> String {
    if let Some(endpoint) = another() {
        return endpoint;
    }
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    format!("http://127.0.0.1:{}", ENGINE.get_or_init(Engine::start).port)
}

/// Whether it tells the capacity units that DynamoDB's documentation gives; of another engine that is not known.
pub fn dynamodb_counts_as_documented() -> bool {
    another().is_none()
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration but the environment")]
fn another() -> Option<String> {
    std::env::var("VIBESHEETS_TEST_DYNAMODB").ok()
}

/// A process that ends when its standard input does.
struct Engine {
    port: u16,
    _process: Child,
}

impl Engine {
    fn start() -> Self {
        let mut process = Command::new(program())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the engine starts");
        let mut line = String::new();
        let output = process.stdout.take().expect("piped");
        BufReader::new(output).read_line(&mut line).expect("the engine says its port");
        Self { port: line.trim().parse().expect("a port"), _process: process }
    }
}

/// Built where it is not yet: it has a lock file of its own, since it links another SQLite than the workspace.
fn program() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../store-dynamodb/engine");
    let program = folder.join("target/release/dynamodb-engine");
    if !program.exists() {
        let built = Command::new(env!("CARGO"))
            .args(["build", "--release", "--locked", "--manifest-path"])
            .arg(folder.join("Cargo.toml"))
            .env_remove("CARGO_TARGET_DIR")
            .status();
        assert!(built.is_ok_and(|status| status.success()), "the engine does not build");
    }
    program
}
