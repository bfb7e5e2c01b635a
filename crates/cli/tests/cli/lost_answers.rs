//! A connection that breaks after the server did what it was asked: the command is sent again and takes effect once.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use crate::support::{
    command::{run, run_with_input},
    http::{PASSWORD, Person},
    server::Server,
};

/// Stands between client and server, and swallows the first answers to clock commands.
struct Cutter {
    address: String,
    swallowed: Arc<AtomicUsize>,
}

impl Cutter {
    /// Before `server`; swallows `answers` of them.
    fn before(server: &Server, answers: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let server = server.url.trim_start_matches("http://").to_owned();
        let swallowed = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&swallowed);
        thread::spawn(move || {
            for client in listener.incoming() {
                let (server, counter) = (server.clone(), Arc::clone(&counter));
                thread::spawn(move || relay(&client.expect("a client"), &server, &counter, answers));
            }
        });
        Self { address, swallowed }
    }
}

/// One request and its answer, which the client gets unless it is one of those to be swallowed.
fn relay(mut client: &TcpStream, server: &str, swallowed: &AtomicUsize, most: usize) {
    let mut server = TcpStream::connect(server).expect("the server");
    let mut buffer = vec![0; 64 * 1024];
    let read = client.read(&mut buffer).expect("a request");
    server.write_all(&buffer[..read]).expect("sent");
    let is_clock = buffer.starts_with(b"POST /api/clock");
    let mut rest = client.try_clone().expect("a handle");
    let mut to_server = server.try_clone().expect("a handle");
    thread::spawn(move || {
        // The client may say more, or go away: both are passed on.
        let _ = std::io::copy(&mut rest, &mut to_server);
        let _ = to_server.shutdown(Shutdown::Write);
    });
    let read = server.read(&mut buffer).expect("an answer");
    if is_clock && swallowed.fetch_add(1, Ordering::SeqCst) < most {
        let _ = client.shutdown(Shutdown::Both);
        return;
    }
    client.write_all(&buffer[..read]).expect("passed on");
    let _ = std::io::copy(&mut server, &mut client);
}

#[test]
fn a_command_whose_answer_is_lost_takes_effect_once() {
    let home = tempfile::tempdir().expect("a folder");
    let server = Server::start(home.path());
    let owner = Person::owner(&server.url);
    let cutter = Cutter::before(&server, 2);
    let arguments = ["login", "--server", &cutter.address, "--email", "owner@example.com"];
    let signed_in = run_with_input(home.path(), &arguments, &format!("{PASSWORD}\n"));
    assert!(signed_in.ends_with("exit code 0\n"), "{signed_in}");
    let told = run(home.path(), &["in", "--note", "once"]);
    assert!(told.starts_with("Clocked in at ") && told.ends_with("exit code 0\n"), "{told}");
    assert_eq!(cutter.swallowed.load(Ordering::SeqCst), 3, "two answers were lost, the third arrived");
    let out = run(home.path(), &["out"]);
    assert!(out.ends_with("exit code 0\n"), "{out}");
    let status = owner.send("GET", "/status", None, None).expect("an answer").json();
    let today = status["today"].as_str().expect("a date");
    let path = format!("/timesheets?start_date={today}&end_date={today}");
    let entries = owner.send("GET", &path, None, None).expect("an answer").json();
    assert_eq!(entries["entries"].as_array().map(Vec::len), Some(1), "{entries}");
    server.stop();
}
