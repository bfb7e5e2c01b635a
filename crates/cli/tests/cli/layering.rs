//! Who may depend on whom (DESIGN: core imports none of ours and does no I/O; only the command line names a store).

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Crates that do I/O or talk to people: core knows none of them.
const OUTSIDE: [&str; 12] = [
    "tokio",
    "axum",
    "hyper",
    "tower",
    "rusqlite",
    "clap",
    "ureq",
    "reqwest",
    "getrandom",
    "rand",
    "chrono",
    "tracing",
];

/// What ships with a store in it, and the benchmarks, which ship with nothing.
const NAMES_A_STORE: [&str; 2] = ["vibesheets-cli", "vibesheets-benches"];

/// Each of our crates with everything it depends on, dev-dependencies exempt.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let metadata =
        MetadataCommand::new().no_deps().other_options(["--offline".to_owned()]).exec().expect("metadata");
    let counted = |kind| matches!(kind, DependencyKind::Normal | DependencyKind::Build);
    metadata
        .packages
        .iter()
        .map(|package| {
            let names = package.dependencies.iter().filter(|dependency| counted(dependency.kind));
            (package.name.to_string(), names.map(|dependency| dependency.name.clone()).collect())
        })
        .collect()
}

fn ours(names: &BTreeSet<String>) -> BTreeSet<&str> {
    names.iter().map(String::as_str).filter(|name| name.starts_with("vibesheets-")).collect()
}

#[test]
fn core_knows_nobody_of_ours_and_does_no_io() {
    let dependencies = dependencies();
    let core = &dependencies["vibesheets-core"];
    assert_eq!(ours(core), BTreeSet::new());
    for name in core {
        let outside = OUTSIDE.contains(&name.as_str()) || name.starts_with("aws-");
        assert!(!outside, "core must not depend on {name}: what it needs of it is passed in");
    }
}

#[test]
fn stores_and_the_api_know_core_only() {
    let dependencies = dependencies();
    let adapters = ["vibesheets-store-sqlite", "vibesheets-store-dynamodb", "vibesheets-store-contract"];
    for name in [&["vibesheets-api"], &adapters[..]].concat() {
        assert_eq!(ours(&dependencies[name]), BTreeSet::from(["vibesheets-core"]), "{name}");
    }
    assert_eq!(ours(&dependencies["vibesheets-web"]), BTreeSet::new());
}

#[test]
fn only_the_command_line_names_a_store() {
    for (name, of) in dependencies() {
        if !NAMES_A_STORE.contains(&name.as_str()) {
            let stores: Vec<&str> =
                ours(&of).into_iter().filter(|of| of.starts_with("vibesheets-store-")).collect();
            assert!(stores.is_empty(), "{name} must not depend on {stores:?}: it takes `dyn Store`");
        }
    }
}

#[test]
fn every_crate_is_held_by_a_rule() {
    let ruled = [
        "foreign-exports",
        "vibesheets-api",
        "vibesheets-benches",
        "vibesheets-cli",
        "vibesheets-core",
        "vibesheets-store-contract",
        "vibesheets-store-dynamodb",
        "vibesheets-store-sqlite",
        "vibesheets-web",
    ];
    let names: Vec<String> = dependencies().into_keys().collect();
    assert_eq!(names, ruled, "a new crate: say in this file what it may depend on");
}
