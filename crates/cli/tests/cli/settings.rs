//! What is set, and what is set wrong.

use crate::support::command::{run, told, vibesheets};

#[test]
fn what_is_in_force_is_printed_with_where_it_came_from() {
    let home = tempfile::tempdir().expect("a folder");
    std::fs::write(home.path().join("vibesheets.toml"), "signup = 'open'\n").expect("written");
    let output = vibesheets(home.path(), &["config", "--listen", "127.0.0.1:4000"])
        .env("VIBESHEETS_STORE", "sqlite:./time.db")
        .env("VIBESHEETS_PASSWORD", "hunter2")
        .output()
        .expect("the binary runs");
    insta::assert_snapshot!(told(home.path(), &output));
}

#[test]
fn a_script_reads_the_same_as_json() {
    let home = tempfile::tempdir().expect("a folder");
    let output = vibesheets(home.path(), &["config", "--json"]).output().expect("the binary runs");
    let printed: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let listen = &printed["settings"][1];
    assert_eq!(listen["key"], "listen");
    assert_eq!(listen["variable"], "VIBESHEETS_LISTEN");
    assert_eq!(listen["value"], "127.0.0.1:3000");
    assert_eq!(listen["source"], "default");
}

#[test]
fn a_mistyped_variable_stops_everything_and_names_the_right_one() {
    let home = tempfile::tempdir().expect("a folder");
    let output = vibesheets(home.path(), &["serve"])
        .env("VIBESHEETS_PUBLICURL", "x")
        .output()
        .expect("the binary runs");
    insta::assert_snapshot!(told(home.path(), &output));
}

#[test]
fn plain_http_in_production_is_refused() {
    let home = tempfile::tempdir().expect("a folder");
    let arguments = ["serve", "--env", "production", "--public-url", "http://time.example.com"];
    insta::assert_snapshot!(run(home.path(), &arguments));
    assert!(!home.path().join("data").exists(), "nothing was made");
}

#[test]
fn wrong_arguments_say_what_is_right() {
    let home = tempfile::tempdir().expect("a folder");
    insta::assert_snapshot!(run(
        home.path(),
        &["import", "x.csv", "--overlaps", "keep", "--time-zone", "UTC"]
    ));
    insta::assert_snapshot!(run(home.path(), &["export", "--from", "2026-01-01"]));
    insta::assert_snapshot!(run(home.path(), &["clockin"]));
}

#[test]
fn help_lists_every_command() {
    let home = tempfile::tempdir().expect("a folder");
    insta::assert_snapshot!(run(home.path(), &["--help"]));
}
