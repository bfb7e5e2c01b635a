//! `vibesheets move`: there and back, and what it refuses.

use std::path::Path;

use serde_json::json;

use crate::support::{
    cluster::Cluster,
    command::{run, vibesheets},
    http::Person,
    server::Server,
};

fn a_store(home: &Path) {
    let server = Server::start(home);
    let owner = Person::owner(&server.url);
    for action in ["in", "out", "in"] {
        assert_eq!(owner.post("/clock", &json!({"action": action})).status, 200);
    }
    server.stop();
}

fn moved(home: &Path, from: &str, to: &str) -> serde_json::Value {
    let output = vibesheets(home, &["move", "--json", "--from", from, "--to", to]).output().expect("it runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{told}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn a_team_moves_to_dynamodb_and_back_and_is_served_there() {
    let home = tempfile::tempdir().expect("a folder");
    a_store(home.path());
    let cluster = Cluster::start(2);
    let here = "sqlite:./vibesheets.db";
    let there = moved(home.path(), here, &cluster.store);
    assert_eq!((there["found"].as_u64(), there["streams"].as_u64()), (Some(0), Some(3)));
    // Served by servers that were there before, to somebody who signs in again.
    let owner = Person::signed_in(&cluster.url, "owner@example.com");
    let status = owner.send("GET", "/status", None, None).expect("an answer").json();
    assert_eq!(status["clocked_in"], true);
    assert_eq!(owner.post("/clock", &json!({"action": "out"})).status, 200);
    let back = moved(home.path(), &cluster.store, "sqlite:./back.db");
    assert_eq!(back["records"].as_u64(), there["records"].as_u64().map(|records| records + 1));
    let told = run(home.path(), &["verify", "--store", "sqlite:./back.db"]);
    assert!(told.contains("Every record is as it was written"), "{told}");
    let refused = run(home.path(), &["move", "--from", here, "--to", "sqlite:./back.db"]);
    assert!(refused.contains("is not a beginning of") && refused.ends_with("exit code 5\n"), "{refused}");
}

#[test]
fn what_cannot_be_moved_says_why() {
    let home = tempfile::tempdir().expect("a folder");
    let missing = run(home.path(), &["move", "--from", "sqlite:./gone.db", "--to", "sqlite:./new.db"]);
    assert!(missing.contains("there is no database") && missing.ends_with("exit code 5\n"), "{missing}");
    let same = run(home.path(), &["move", "--from", "sqlite:./a.db", "--to", "sqlite:./a.db"]);
    assert!(same.contains("the same store") && same.ends_with("exit code 2\n"), "{same}");
    let other = run(home.path(), &["move", "--from", "postgres:x", "--to", "sqlite:./a.db"]);
    assert!(other.contains("must be sqlite:PATH") && other.ends_with("exit code 2\n"), "{other}");
}
