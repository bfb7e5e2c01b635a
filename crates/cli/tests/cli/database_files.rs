//! Databases that cannot be opened, and addresses that cannot be listened on: each says what to do and harms nothing.

use std::{fs, net::TcpListener, path::Path};

use crate::support::{command::run, server::Server};

fn serve(home: &Path) -> String {
    run(home, &["serve", "--listen", "127.0.0.1:0", "--store", "sqlite:./vibesheets.db"])
}

fn a_database(home: &Path) {
    Server::start(home).stop();
}

#[test]
fn a_file_that_is_no_database() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("vibesheets.db");
    fs::write(&path, "dear diary, today I worked\n".repeat(300)).expect("written");
    let before = fs::read(&path).expect("there");
    insta::assert_snapshot!(serve(home.path()));
    assert_eq!(fs::read(&path).expect("there"), before);
}

#[test]
fn a_database_of_a_newer_version() {
    let home = tempfile::tempdir().expect("a folder");
    a_database(home.path());
    let path = home.path().join("vibesheets.db");
    let mut bytes = fs::read(&path).expect("there");
    // `user_version` is a big-endian number at byte 60 of the file (sqlite.org/fileformat.html, 1.3).
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&path, &bytes).expect("written");
    insta::assert_snapshot!(serve(home.path()));
    assert_eq!(fs::read(&path).expect("there"), bytes);
}

#[test]
fn a_database_that_may_not_be_written() {
    let home = tempfile::tempdir().expect("a folder");
    a_database(home.path());
    let path = home.path().join("vibesheets.db");
    let mut permissions = fs::metadata(&path).expect("there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("set");
    insta::assert_snapshot!(serve(home.path()));
}

#[test]
fn a_database_that_another_server_uses() {
    let home = tempfile::tempdir().expect("a folder");
    let server = Server::start(home.path());
    insta::assert_snapshot!(serve(home.path()));
    server.stop();
}

#[test]
fn a_folder_that_is_not_there() {
    let home = tempfile::tempdir().expect("a folder");
    insta::assert_snapshot!(run(home.path(), &["serve", "--store", "sqlite:./elsewhere/vibesheets.db"]));
    assert!(!home.path().join("elsewhere").exists());
}

#[test]
fn a_port_in_use() {
    let home = tempfile::tempdir().expect("a folder");
    let holder = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = holder.local_addr().expect("an address").port();
    let told = run(home.path(), &["serve", "--listen", &format!("127.0.0.1:{port}")]);
    let told = told.replace(&(port + 1).to_string(), "[next]").replace(&port.to_string(), "[port]");
    insta::assert_snapshot!(told);
}

#[test]
fn a_session_key_that_is_none() {
    let home = tempfile::tempdir().expect("a folder");
    fs::write(home.path().join("session.key"), b"secret").expect("written");
    insta::assert_snapshot!(serve(home.path()));
}
