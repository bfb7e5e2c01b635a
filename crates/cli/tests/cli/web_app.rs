//! The embedded web app as a browser gets it.

use ureq::http::{HeaderMap, header};

use crate::support::{http::agent, server::Server};

fn get(server: &Server, path: &str, headers: &[(&str, &str)]) -> (u16, HeaderMap, Vec<u8>) {
    let mut request = ureq::http::Request::builder().uri(format!("{}{path}", server.url));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut response = agent().run(request.body(()).expect("a request")).expect("an answer");
    let body = response.body_mut().read_to_vec().expect("a body");
    (response.status().as_u16(), response.headers().clone(), body)
}

fn text(headers: &HeaderMap, name: impl header::AsHeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
}

/// A script of the start page, whose name carries a hash.
fn a_script(page: &[u8]) -> String {
    let html = String::from_utf8_lossy(page).into_owned();
    let start = html.find("/_app/immutable/").expect("the web app was not built: run `make web`");
    html[start..].split('"').next().expect("a path").to_owned()
}

#[test]
fn pages_are_the_start_page_and_missing_files_are_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let (status, headers, start) = get(&server, "/", &[]);
    assert_eq!((status, text(&headers, "content-type")), (200, "text/html; charset=utf-8"));
    for path in ["/week", "/entries/0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42", "/settings?x=1"] {
        let (status, _, body) = get(&server, path, &[]);
        assert_eq!((status, body == start), (200, true), "{path}");
    }
    for path in ["/missing.js", "/_app/immutable/missing", "/.env"] {
        assert_eq!(get(&server, path, &[]).0, 404, "{path}");
    }
    server.stop();
}

#[test]
fn nothing_below_the_path_of_the_api_is_a_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    for path in ["/api", "/api/", "/api/missing", "/api/%E2%80%A6unknown", "/api//me", "//api/me", "/api?x=1"]
    {
        let (status, headers, _) = get(&server, path, &[]);
        let told = (status, text(&headers, "content-type"), text(&headers, "x-frame-options"));
        assert_eq!(told, (404, "application/problem+json", "DENY"), "{path}");
    }
    let (status, headers, _) = get(&server, "/apiary", &[]);
    assert_eq!((status, text(&headers, "content-type")), (200, "text/html; charset=utf-8"));
    server.stop();
}

#[test]
fn scripts_come_compressed_and_are_kept_for_ever() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let script = a_script(&get(&server, "/", &[]).2);
    let (_, plain, whole) = get(&server, &script, &[("accept-encoding", "identity")]);
    assert_eq!(text(&plain, "content-type"), "text/javascript; charset=utf-8");
    assert_eq!(text(&plain, "cache-control"), "public, max-age=31536000, immutable");
    for encoding in ["br", "gzip"] {
        let (_, headers, body) = get(&server, &script, &[("accept-encoding", encoding)]);
        let encoded = text(&headers, "content-encoding") == encoding;
        assert!(encoded && body.len() < whole.len() || whole.len() < 1024, "{encoding}: {headers:?}");
        assert_ne!(text(&headers, "etag"), if encoded { text(&plain, "etag") } else { "" });
    }
    let etag = text(&plain, "etag").to_owned();
    let known = get(&server, &script, &[("if-none-match", &etag), ("accept-encoding", "identity")]);
    assert_eq!((known.0, known.2.len()), (304, 0));
    server.stop();
}

#[test]
fn files_pages_and_answers_carry_the_same_security_headers() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start_with(folder.path(), &["--public-url", "https://time.example.com"]);
    let script = a_script(&get(&server, "/", &[]).2);
    let (_, of_api, _) = get(&server, "/api/health", &[]);
    for path in ["/", &script, "/missing.js"] {
        let (_, of_file, _) = get(&server, path, &[]);
        for name in [
            "content-security-policy",
            "strict-transport-security",
            "x-content-type-options",
            "x-frame-options",
            "referrer-policy",
            "permissions-policy",
            "cross-origin-opener-policy",
            "cross-origin-embedder-policy",
            "cross-origin-resource-policy",
        ] {
            assert!(!text(&of_api, name).is_empty(), "the API's answers lack {name}");
            assert_eq!(text(&of_file, name), text(&of_api, name), "{path}: {name}");
        }
    }
    server.stop();
}

#[test]
fn only_get_and_head_are_for_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let request = |method: &str| {
        let request = ureq::http::Request::builder().method(method).uri(format!("{}/week", server.url));
        agent().run(request.body(()).expect("a request")).expect("an answer")
    };
    let head = request("HEAD");
    assert_eq!((head.status().as_u16(), head.body().content_length().unwrap_or(0)), (200, 0));
    let deleted = request("DELETE");
    assert_eq!((deleted.status().as_u16(), text(deleted.headers(), "allow")), (405, "GET, HEAD"));
    server.stop();
}
