//! What the server does not let clients do to it.

use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    time::Duration,
};

use crate::support::server::Server;

fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.url.trim_start_matches("http://")).expect("a connection");
    // A server that never answers fails the test rather than hanging it.
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("set");
    stream
}

/// What the server sends until it closes the connection.
fn until_closed(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
        Err(error) => panic!("the server kept the connection open: {error}"),
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn a_client_that_never_ends_its_headers_is_sent_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let mut stream = connect(&server);
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nx-slow: ").expect("sent");
    let told = until_closed(stream);
    assert!(told.is_empty() || told.starts_with("HTTP/1.1 408"), "{told}");
    server.stop();
}

#[test]
fn headers_without_end_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let mut stream = connect(&server);
    let head = format!("GET / HTTP/1.1\r\nhost: x\r\n{}\r\n", "x-many: 1\r\n".repeat(200));
    stream.write_all(head.as_bytes()).expect("sent");
    assert!(until_closed(stream).starts_with("HTTP/1.1 431"));
    server.stop();
}

#[test]
fn what_follows_a_body_of_two_lengths_is_never_taken_for_a_request() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    for lengths in
        ["content-length: 5\r\ntransfer-encoding: chunked", "transfer-encoding: chunked\r\ncontent-length: 5"]
    {
        let mut stream = connect(&server);
        let both = format!("GET /health HTTP/1.1\r\nhost: x\r\n{lengths}\r\n\r\n0\r\n\r\n");
        let smuggled = "GET /api/me HTTP/1.1\r\nhost: x\r\n\r\n";
        stream.write_all(format!("{both}{smuggled}").as_bytes()).expect("sent");
        let told = until_closed(stream);
        assert_eq!(told.matches("HTTP/1.1 ").count(), 1, "{lengths}: {told}");
    }
    server.stop();
}

#[test]
fn a_request_under_way_is_answered_before_the_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let mut stream = connect(&server);
    let body = br#"{"email":"nobody@example.com","password":"correct horse battery"}"#;
    let head = format!(
        "POST /api/auth/token HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\nexpect: 100-continue\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).expect("sent");
    let mut proceed = [0; 25];
    stream.read_exact(&mut proceed).expect("the server wants the body");
    assert_eq!(&proceed, b"HTTP/1.1 100 Continue\r\n\r\n");
    // Only half of it is there when the process is told to end.
    stream.write_all(&body[..20]).expect("sent");
    let ended = std::thread::spawn(move || server.stop());
    stream.write_all(&body[20..]).expect("sent");
    assert!(until_closed(stream).starts_with("HTTP/1.1 401"), "answered, then ended");
    ended.join().expect("it ended well");
}
