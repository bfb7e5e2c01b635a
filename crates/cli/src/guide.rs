//! Every command that the documents show exists: `make` targets are in the Makefile, `vibesheets` ones are parsed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Parser;

use crate::commands::Cli;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// README.md and everything in docs/.
fn documents() -> Vec<PathBuf> {
    let docs = fs::read_dir(root().join("docs")).expect("there is a docs folder");
    let mut paths: Vec<PathBuf> = docs.map(|entry| entry.expect("an entry").path()).collect();
    paths.push(root().join("README.md"));
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md") && path.exists());
    paths.sort();
    paths
}

/// The lines of the document's `sh` blocks with their numbers, continued ones joined, comments and prompts left out.
fn shell_lines(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut in_block = false;
    let mut continued = false;
    for (number, line) in text.lines().enumerate() {
        if let Some(language) = line.trim_start().strip_prefix("```") {
            in_block = !in_block && matches!(language.trim(), "sh" | "bash" | "shell" | "console");
            continued = false;
        } else if in_block && !line.trim().is_empty() && !line.trim_start().starts_with('#') {
            let (part, goes_on) =
                line.trim().strip_suffix('\\').map_or((line.trim(), false), |part| (part.trim(), true));
            match lines.last_mut() {
                Some((_, last)) if continued => last.push_str(&format!(" {part}")),
                _ => lines.push((number + 1, part.trim_start_matches("$ ").to_owned())),
            }
            continued = goes_on;
        }
    }
    lines
}

/// The words of a line as a shell would split them, up to a comment, a pipe or a redirection.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    for character in line.chars() {
        match (quote, character) {
            (Some(open), character) if character == open => quote = None,
            (Some(_), character) => word.push(character),
            (None, '\'' | '"') => quote = Some(character),
            (None, '#' | '|' | '>' | '<' | ';' | '&') => break,
            (None, character) if character.is_whitespace() => {
                words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()))
            }
            (None, character) => word.push(character),
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    // Settings before a command: VIBESHEETS_ENV=production vibesheets serve
    let command = words.iter().position(|word| !word.contains('=')).unwrap_or(words.len());
    words.split_off(command)
}

fn problem(line: &str, makefile: &str) -> Option<String> {
    let words = words(line);
    let program = words.first()?.rsplit('/').next()?;
    match program {
        "make" => words[1..]
            .iter()
            .find(|target| !makefile.lines().any(|line| line.starts_with(&format!("{target}:"))))
            .map(|target| format!("the Makefile has no target {target}")),
        "vibesheets" => match Cli::try_parse_from(&words) {
            Err(error) if error.use_stderr() => Some(error.to_string()),
            _ => None,
        },
        _ => None,
    }
}

#[test]
fn every_command_that_the_documents_show_exists() {
    let makefile = fs::read_to_string(root().join("Makefile")).expect("there is a Makefile");
    let mut problems = Vec::new();
    let mut commands = 0;
    for path in documents() {
        let text = fs::read_to_string(&path).expect("readable");
        for (number, line) in shell_lines(&text) {
            commands += 1;
            let problem = problem(&line, &makefile);
            problems
                .extend(problem.map(|problem| format!("{}:{number}: {line}\n  {problem}", path.display())));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(commands > 10, "only {commands} commands were found: is the reader of documents broken?");
}

#[test]
fn a_command_that_does_not_exist_is_found() {
    let makefile = "run: web\n\tcargo run\n";
    let lines = shell_lines(
        "text\n```sh\nmake run\n$ make walk # now\n\nvibesheets in --note 'a b' \\\n  --tag x\nvibesheets inn\nA=b target/debug/vibesheets verify | less\n```\nvibesheets out-of-block\n",
    );
    let found: Vec<_> =
        lines.iter().map(|(number, line)| (*number, problem(line, makefile).is_some())).collect();
    assert_eq!(found, [(3, false), (4, true), (6, false), (8, true), (9, false)]);
}
