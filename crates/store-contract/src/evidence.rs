//! Figures of the long forms of tests, in docs/EVIDENCE.md.

use std::{fs, path::Path, process::Command};

/// Puts a section with `title`, today's date, the commit and `words` in the place of the one before.
///
/// # Panics
/// Where the file cannot be written.
pub fn write(title: &str, words: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/EVIDENCE.md");
    let text =
        fs::read_to_string(&path).unwrap_or_else(|_| "# Evidence\n\nFigures of `make proof`.\n".to_owned());
    let told = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output().expect("it runs");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    let (today, commit) = (told("date", &["-u", "+%F"]), told("git", &["rev-parse", "--short", "HEAD"]));
    let section = format!("## {title}\n\n{today}, commit {commit}. {words}\n");
    fs::write(&path, with_section(&text, title, &section)).expect("written");
}

/// `text` with the section in the place of the one with this title, or at its end.
fn with_section(text: &str, title: &str, section: &str) -> String {
    let heading = format!("## {title}\n");
    let (before, rest) = text.split_once(&heading).unwrap_or((text, ""));
    let after = rest.find("\n## ").map_or("", |place| &rest[place..]);
    format!("{}\n\n{section}{after}", before.trim_end())
}

#[cfg(test)]
mod tests {
    use super::with_section;

    #[test]
    fn a_section_takes_the_place_of_the_one_before_and_leaves_the_others() {
        let text = "# Evidence\n\n## One\n\nold\n\n## Two\n\nkept\n";
        let new = "# Evidence\n\n## One\n\nnew\n\n## Two\n\nkept\n";
        assert_eq!(with_section(text, "One", "## One\n\nnew\n"), new);
        assert_eq!(with_section(text, "Three", "## Three\n\nnew\n"), format!("{text}\n## Three\n\nnew\n"));
        assert_eq!(
            with_section(text, "Two", "## Two\n\nnew\n"),
            "# Evidence\n\n## One\n\nold\n\n## Two\n\nnew\n"
        );
    }
}
