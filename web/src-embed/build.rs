//! Says what is missing when the web app has not been built; it builds nothing itself.

#![allow(clippy::disallowed_methods, reason = "Cargo speaks to build scripts through the environment")]

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src-embed/build.rs");
    if Path::new("build/index.html").exists() {
        return;
    }
    let release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if release {
        println!("cargo::error=web/build/index.html is missing: run `make web` first, then build again");
    } else {
        println!(
            "cargo::warning=web/build/index.html is missing, so the binary has no web app: run `make web`"
        );
    }
}
