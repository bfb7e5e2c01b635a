//! The figures of docs/SCALING.md: what DynamoDB costs, and one million members who clock in at nine.
//!
//! Deterministic: the same figures on every machine. `make scaling` writes them into the page, and a test holds them there.

#![expect(clippy::float_arithmetic, reason = "estimates of load and dollars, of nobody's time")]

mod cost;
mod morning;
mod units;

use std::{fs, path::Path, process::ExitCode};

const BEGIN: &str = "<!-- figures: written by `make scaling` -->\n";
const END: &str = "<!-- end of figures -->\n";

fn main() -> ExitCode {
    let page = page_path();
    let text = fs::read_to_string(&page).unwrap_or_default();
    match with_figures(&text, &figures()).map(|text| fs::write(&page, text)) {
        Some(Ok(())) => ExitCode::SUCCESS,
        Some(Err(error)) => {
            eprintln!("{}: {error}", page.display());
            ExitCode::FAILURE
        }
        None => {
            eprintln!("{}: the places for the figures are missing", page.display());
            ExitCode::FAILURE
        }
    }
}

fn page_path() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/SCALING.md")
}

fn figures() -> String {
    format!("{}\n{}", cost::table(), morning::tables())
}

/// The page with other figures; `None` where it has no place for them.
fn with_figures(page: &str, figures: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{figures}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_shows_what_the_simulation_finds() {
        let page = fs::read_to_string(page_path()).expect("the page");
        let written = with_figures(&page, &figures()).expect("places for the figures");
        assert!(page == written, "docs/SCALING.md is not what `make scaling` writes");
    }
}
