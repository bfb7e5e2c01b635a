//! Which stories the program is told and which it cannot be: a story that no other process can be told is on a list with
//! the reason, and `scripts/stories-told` holds the list against what happened.

use std::{fs::OpenOptions, io::Write, thread};

/// One line for each: the story, and why.
const LISTED: &str = include_str!("in_process.txt");

/// Notes that the running story has a server in this process.
///
/// # Panics
/// Where that is not on the list.
pub fn in_process(why: &str) {
    let line = format!("{}: {why}", story());
    assert!(
        LISTED.lines().any(|listed| listed == line),
        "this story has a server that is not behind the program: let it do without, or add to in_process.txt\n{line}"
    );
    note(&format!("in process\t{line}"));
}

/// Notes that the running story has a server behind the program.
pub fn through_the_program() {
    note(&format!("through\t{}", story()));
}

fn story() -> String {
    let by_nextest = std::env::vars().find(|(name, _)| name == "NEXTEST_TEST_NAME");
    let thread = || thread::current().name().map(str::to_owned);
    by_nextest.map(|(_, name)| name).or_else(thread).expect("a story's thread has its name")
}

/// Adds to the file that `VIBESHEETS_STORIES_TOLD` names.
fn note(line: &str) {
    let Some((_, file)) = std::env::vars_os().find(|(name, _)| name == "VIBESHEETS_STORIES_TOLD") else {
        return;
    };
    let mut file = OpenOptions::new().create(true).append(true).open(file).expect("a file");
    // One write for each line, since stories are told side by side.
    file.write_all(format!("{line}\n").as_bytes()).expect("written");
}
