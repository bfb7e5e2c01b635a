//! The codes of wrong fields and broken rules, which programs say in other languages.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn a_wrong_field_has_a_code_and_what_a_sentence_about_it_names() {
    let (_server, owner) = TestServer::owner().await;
    for (field, value, code, params) in [
        ("name", json!("  "), "empty", json!(null)),
        ("name", json!("x".repeat(121)), "too_long", json!({"longest": "120"})),
        ("name", json!("ring\u{7}"), "control_character", json!({"position": "4"})),
        ("time_zone", json!("Mars/Olympus"), "unknown_time_zone", json!({"name": "Mars/Olympus"})),
        ("locale", json!("fr"), "unknown_value", json!(null)),
        ("name", json!(7), "wrong_type", json!(null)),
        ("nickname", json!("Ada"), "unknown_field", json!(null)),
    ] {
        let problem = owner.ask(crate::support::patch("/me").json(&json!({ field: value }))).await;
        let fault = problem.expect_problem(422, "invalid")["errors"][0].clone();
        assert_eq!((&fault["code"], &fault["params"]), (&json!(code), &params), "{fault}");
        assert!(!fault["detail"].as_str().expect("a detail").contains('\u{1f}'), "{fault}");
    }
}

/// Every code in the sources, found as it is written there.
fn codes(folder: &Path, found: &mut BTreeSet<String>) {
    for file in fs::read_dir(folder).expect("readable") {
        let path = file.expect("readable").path();
        if path.is_dir() {
            codes(&path, found);
            continue;
        }
        let source = fs::read_to_string(&path).expect("UTF-8");
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        for start in ["Reason::new(", "Self::new(", "not_allowed(", "=> (", "{ ("] {
            let words = source.split(start).skip(1).filter_map(|after| after.trim_start().strip_prefix('"'));
            let is_code = |word: &&str| {
                !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
            };
            found.extend(words.filter_map(|word| word.split('"').next()).filter(is_code).map(str::to_owned));
        }
    }
}

#[test]
fn the_web_app_has_a_sentence_for_every_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = BTreeSet::new();
    codes(&root.join("crates/core/src"), &mut found);
    codes(&root.join("crates/api/src"), &mut found);
    assert!(found.len() > 40, "{found:?}");
    let catalogue = fs::read_to_string(root.join("web/src/lib/i18n/en/reasons.ts")).expect("readable");
    let untold: Vec<&String> =
        found.iter().filter(|code| !catalogue.contains(&format!("'reasons.{code}':"))).collect();
    assert!(untold.is_empty(), "web/src/lib/i18n/en/reasons.ts lacks {untold:?}");
}
