//! Running the binary to its end.

use std::{
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

/// The binary with these arguments, told nothing by the environment of whoever runs the tests.
pub fn vibesheets(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vibesheets"));
    command.args(arguments).current_dir(home).env_clear().env("HOME", home);
    command
}

/// What it printed and how it ended, for snapshots: the folder's name is taken out.
pub fn told(home: &Path, output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&home.display().to_string(), "[folder]");
    let code = output.status.code().map_or("a signal".to_owned(), |code| code.to_string());
    format!("{}{}exit code {code}\n", text(&output.stdout), text(&output.stderr))
}

/// Runs it and tells.
pub fn run(home: &Path, arguments: &[&str]) -> String {
    let output = vibesheets(home, arguments).output().expect("the binary runs");
    told(home, &output)
}

/// Runs it with `input` typed, and tells.
pub fn run_with_input(home: &Path, arguments: &[&str], input: &str) -> String {
    let mut command = vibesheets(home, arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary runs");
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(input.as_bytes()).expect("it reads");
    drop(stdin);
    told(home, &child.wait_with_output().expect("it ends"))
}
