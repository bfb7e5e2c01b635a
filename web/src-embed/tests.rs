use super::*;

#[test]
fn the_start_page_and_its_scripts_are_embedded() {
    let Some(page) = fallback() else { panic!("the web app was not built: run `make web` first") };
    let html = String::from_utf8_lossy(&page.identity.bytes);
    let sources: Vec<&str> = html.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(!sources.is_empty(), "the start page loads no script:\n{html}");
    for source in sources {
        assert!(find(source).is_some(), "the start page names {source}, which was not built");
    }
}

#[test]
fn every_built_file_is_served_or_is_the_compressed_twin_of_one() {
    for path in Build::iter() {
        let twin_of = path.strip_suffix(".br").or_else(|| path.strip_suffix(".gz"));
        let file = twin_of.unwrap_or(&path);
        assert!(find(file).is_some(), "{path} was built but no request can get it");
    }
}

#[test]
fn encodings_of_one_file_have_different_entity_tags() {
    for path in paths() {
        let Some(asset) = find(&path) else { panic!("{path} is listed but not found") };
        let mut tags = vec![asset.identity.etag];
        tags.extend(asset.brotli.map(|representation| representation.etag));
        tags.extend(asset.gzip.map(|representation| representation.etag));
        let count = tags.len();
        tags.sort();
        tags.dedup();
        assert_eq!(tags.len(), count, "{path}");
    }
}

#[test]
fn only_names_with_a_hash_are_immutable() {
    for path in paths() {
        let immutable = find(&path).is_some_and(|asset| asset.immutable);
        assert_eq!(immutable, path.starts_with("_app/immutable/"), "{path}");
    }
}

#[test]
fn a_leading_slash_makes_no_difference() {
    assert_eq!(find("/index.html").is_some(), find("index.html").is_some());
}

#[test]
fn a_path_cannot_leave_the_build() {
    assert!(find("../Cargo.toml").is_none());
    assert!(find("/../package.json").is_none());
    assert!(find("").is_none());
}
