//! How deep a body nests, found before anything is built from it.

use vibesheets_core::Reason;

use crate::problem::Problem;

/// The most arrays and objects inside one another.
const DEEPEST: usize = 32;

/// Refuses JSON that nests deeper than anything we take. Strings are skipped; malformed JSON is left to the parser.
pub fn check(json: &[u8]) -> Result<(), Problem> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => depth += 1,
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(Problem::invalid_field(
                "",
                Reason::new("not_json", "The body nests more than 32 levels deep."),
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_count_outside_strings_only() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(check(nested(DEEPEST).as_bytes()).is_ok());
        assert!(check(nested(DEEPEST + 1).as_bytes()).is_err());
        assert!(check(format!("\"\\\"{}\"", "[".repeat(99)).as_bytes()).is_ok());
    }
}
