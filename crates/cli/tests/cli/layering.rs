//! Who may depend on whom (DESIGN: core imports none of ours and does no I/O; only the command line and the
//! Lambda functions name a store).

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
const NAMES_A_STORE: [&str; 3] = ["vibesheets-cli", "vibesheets-lambda", "vibesheets-benches"];

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
    let adapters = [
        "vibesheets-store-sqlite",
        "vibesheets-store-dynamodb",
        "vibesheets-store-contract",
        "vibesheets-ops",
    ];
    for name in [&["vibesheets-api"], &adapters[..]].concat() {
        assert_eq!(ours(&dependencies[name]), BTreeSet::from(["vibesheets-core"]), "{name}");
    }
    assert_eq!(ours(&dependencies["vibesheets-web"]), BTreeSet::new());
}

#[test]
fn only_what_ships_names_a_store() {
    for (name, of) in dependencies() {
        if !NAMES_A_STORE.contains(&name.as_str()) {
            let stores: Vec<&str> =
                ours(&of).into_iter().filter(|of| of.starts_with("vibesheets-store-")).collect();
            assert!(stores.is_empty(), "{name} must not depend on {stores:?}: it takes `dyn Store`");
        }
    }
}

#[test]
fn lambda_functions_know_the_api_and_dynamodb_and_link_no_sqlite() {
    let known = BTreeSet::from(["vibesheets-api", "vibesheets-core", "vibesheets-store-dynamodb"]);
    assert_eq!(ours(&dependencies()["vibesheets-lambda"]), known);
    let linked = linked("vibesheets-lambda");
    assert!(linked.contains("axum"), "{linked:?}");
    for name in ["rusqlite", "libsqlite3-sys", "vibesheets-store-sqlite", "clap"] {
        assert!(!linked.contains(name), "a function starts in milliseconds and links no {name}");
    }
}

/// Everything that is linked into what `package` builds, with all its features.
fn linked(package: &str) -> BTreeSet<String> {
    let options = ["--offline", "--locked", "--filter-platform", "x86_64-unknown-linux-gnu"];
    let metadata = MetadataCommand::new().other_options(options.map(str::to_owned)).exec().expect("metadata");
    let resolve = metadata.resolve.as_ref().expect("a resolved graph");
    let root = metadata.packages.iter().find(|found| *found.name == package).expect("the package");
    let mut waiting = vec![&root.id];
    let mut seen = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        let node = resolve.nodes.iter().find(|node| &node.id == id).expect("a node");
        if seen.insert(metadata[id].name.to_string()) {
            let is_linked = |of: &&cargo_metadata::NodeDep| {
                of.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal)
            };
            waiting.extend(node.deps.iter().filter(is_linked).map(|of| &of.pkg));
        }
    }
    seen
}

#[test]
fn every_crate_is_held_by_a_rule() {
    let ruled = [
        "foreign-exports",
        "vibesheets-api",
        "vibesheets-benches",
        "vibesheets-cli",
        "vibesheets-core",
        "vibesheets-lambda",
        "vibesheets-ops",
        "vibesheets-power-cut",
        "vibesheets-store-contract",
        "vibesheets-store-dynamodb",
        "vibesheets-store-sqlite",
        "vibesheets-web",
    ];
    let names: Vec<String> = dependencies().into_keys().collect();
    assert_eq!(names, ruled, "a new crate: say in this file what it may depend on");
}
