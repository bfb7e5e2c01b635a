//! A store with a mirror, a replica and a backup.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::{
    command::{run, vibesheets},
    http::Person,
    server::Server,
};

/// The database in a home.
pub const STORE: &str = "sqlite:./vibesheets.db";

/// A closed store in which somebody clocked in and out, with a mirror, a replica and a backup.
pub fn copies(home: &Path) {
    fs::create_dir(home.join("mirror")).expect("made");
    let server = Server::start_with(home, &["--mirror", "mirror", "--replica", "replica"]);
    let owner = Person::owner(&server.url);
    for action in ["in", "out", "in"] {
        let clocked = owner.post("/clock", &json!({ "action": action }));
        assert_eq!(clocked.status, 200, "{:?}", clocked.json());
    }
    let told = run(home, &["backup", "--store", STORE, "--place", "backups"]);
    assert!(told.contains("of commit 4 of"), "{told}");
    server.stop();
}

/// How a command ended, and all that it said.
pub fn told(home: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = vibesheets(home, arguments).output().expect("it runs");
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&text).into_owned())
}

/// What a command that must succeed says to programs.
pub fn as_json(home: &Path, arguments: &[&str]) -> Value {
    let output = vibesheets(home, arguments).arg("--json").output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}
