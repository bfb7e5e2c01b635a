//! Large files at a server in the cloud, which has them left and fetched by links. The server is played by a few lines, since
//! the real one needs AWS: `crates/lambda` holds that it answers so.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use crate::support::command::{told, vibesheets};

const ID: &str = "0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42";

/// What was asked: method and address, whether with the token, and how many bytes came along.
type Asked = Arc<Mutex<Vec<(String, bool, usize)>>>;

/// A server that has a bucket, under one address.
fn server() -> (String, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let asked = Asked::default();
    let (noted, own) = (Arc::clone(&asked), url.clone());
    thread::spawn(move || {
        for client in listener.incoming() {
            let (noted, own) = (Arc::clone(&noted), own.clone());
            thread::spawn(move || answer(&client.expect("a client"), &own, &noted));
        }
    });
    (url, asked)
}

fn answer(client: &TcpStream, own: &str, asked: &Asked) {
    let mut reader = BufReader::new(client);
    let head: Vec<String> =
        reader.by_ref().lines().map(|line| line.expect("text")).take_while(|line| !line.is_empty()).collect();
    let length =
        head.iter().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).expect("a body");
    let request = head[0].trim_end_matches(" HTTP/1.1").to_owned();
    let has_token = head.iter().any(|line| line.to_lowercase().starts_with("authorization:"));
    asked.lock().expect("not poisoned").push((request.clone(), has_token, body.len()));
    let (status, extra, text) = if request.starts_with("GET /api/export") {
        ("303 See Other", format!("location: {own}/bucket/file?X-Amz-Signature=1\r\n"), String::new())
    } else if request.starts_with("GET /bucket") {
        ("200 OK", String::new(), "Member,Seconds\r\n".to_owned())
    } else if request.starts_with("POST /api/import/uploads") {
        let url = format!("{own}/bucket/left?X-Amz-Signature=1");
        (
            "201 Created",
            String::new(),
            format!(r#"{{"id":"{ID}","url":"{url}","headers":{{"content-type":"text/csv"}}}}"#),
        )
    } else if request.starts_with("PUT /bucket") {
        ("200 OK", String::new(), String::new())
    } else {
        (
            "422 Unprocessable Entity",
            String::new(),
            r#"{"title":"No","code":"invalid","detail":"Enough."}"#.to_owned(),
        )
    };
    let length = text.len();
    let answer =
        format!("HTTP/1.1 {status}\r\n{extra}connection: close\r\ncontent-length: {length}\r\n\r\n{text}");
    // Whoever asked may have gone.
    let _ = (&mut &*client).write_all(answer.as_bytes());
}

fn ask(url: &str, home: &std::path::Path, arguments: &[&str]) -> String {
    let mut command = vibesheets(home, arguments);
    command.env("VIBESHEETS_SERVER", url).env("VIBESHEETS_TOKEN", "t0ken");
    told(home, &command.output().expect("the binary runs"))
}

#[test]
fn an_export_that_is_elsewhere_is_fetched_there_without_the_token() {
    let (url, asked) = server();
    let home = tempfile::tempdir().expect("a folder");
    let said = ask(&url, home.path(), &["export", "--from", "2026-03-01", "--to", "2026-03-31"]);
    assert!(said.contains("Member,Seconds") && said.ends_with("exit code 0\n"), "{said}");
    let asked = asked.lock().expect("not poisoned");
    assert_eq!(asked[1], ("GET /bucket/file?X-Amz-Signature=1".to_owned(), false, 0));
    assert!(asked[0].1, "the server itself gets it");
}

#[test]
fn a_large_file_is_left_where_the_server_says_and_named_by_its_id() {
    let (url, asked) = server();
    let home = tempfile::tempdir().expect("a folder");
    for bytes in [4_000_000, 4_000_001] {
        std::fs::write(home.path().join("a.csv"), "x".repeat(bytes)).expect("written");
        let said = ask(&url, home.path(), &["import", "a.csv", "--time-zone", "UTC"]);
        assert!(said.contains("Enough."), "{said}");
    }
    let asked = asked.lock().expect("not poisoned");
    assert_eq!((asked[0].2, asked.len()), (4_000_000, 4), "{asked:?}");
    assert_eq!(asked[1], ("POST /api/import/uploads".to_owned(), true, r#"{"bytes":4000001}"#.len()));
    assert_eq!(asked[2], ("PUT /bucket/left?X-Amz-Signature=1".to_owned(), false, 4_000_001));
    assert!(asked[3].0.ends_with(&format!("&upload={ID}")) && asked[3].2 == 0, "{asked:?}");
}
