//! The list of the suite's tests leaves none out.

use std::{collections::BTreeSet, fs, path::Path};

fn named_in(text: &str, begin: &str) -> BTreeSet<String> {
    text.lines()
        .filter_map(|line| line.strip_prefix(begin))
        .map(|rest| rest.split(['(', '<']).next().unwrap_or(rest).to_owned())
        .collect()
}

#[test]
fn every_public_function_of_the_suite_is_in_the_list() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let list = fs::read_to_string(source.join("list.rs")).unwrap();
    let listed: BTreeSet<&str> = list.split_whitespace().collect();
    let mut functions = 0;
    for file in fs::read_dir(source.join("suite")).unwrap() {
        let path = file.unwrap().path();
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let mut names = named_in(&text, "pub async fn ");
        names.extend(named_in(&text, "pub fn "));
        for name in names {
            functions += 1;
            let called = format!("{name}()");
            assert!(
                listed.contains(name.as_str()) || listed.contains(called.as_str()),
                "{name} of {} is in no list, so no adapter runs it",
                path.display()
            );
        }
    }
    assert!(functions > 60, "only {functions} functions were found");
}
