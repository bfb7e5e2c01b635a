//! The first sign-up where other machines can reach the server.

use serde_json::{Value, json};

use crate::support::{
    http::{Answer, PASSWORD, agent, send},
    server::Server,
};

fn sign_up(server: &Server, code: Option<&str>) -> Answer {
    let mut body = json!({"email": "owner@example.com", "password": PASSWORD, "name": "Ada Owner",
        "time_zone": "Europe/Vienna", "organisation": "Example"});
    if let Some(code) = code {
        body["setup_code"] = json!(code);
    }
    send(&agent(), "POST", &format!("{}/api/auth/signup", server.url), &[], Some(&body)).expect("an answer")
}

fn configuration(server: &Server) -> Value {
    send(&agent(), "GET", &format!("{}/api/auth", server.url), &[], None).expect("an answer").json()
}

#[test]
fn a_server_that_others_reach_wants_the_code_that_it_printed_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start_with(folder.path(), &["--listen", "0.0.0.0:0"]);
    let code = server.setup_code.clone().expect("a code is printed while nobody has signed up");
    assert_eq!(configuration(&server)["setup_code_required"], true);
    assert_ne!(sign_up(&server, None).status, 201, "without the code");
    assert_ne!(sign_up(&server, Some("ABCD-EFGH-JKLM")).status, 201, "with another code");
    let signed_up = sign_up(&server, Some(&code));
    assert_eq!(signed_up.status, 201, "{signed_up:?}");
    server.stop();

    let server = Server::start_with(folder.path(), &["--listen", "0.0.0.0:0"]);
    assert_eq!(server.setup_code, None, "there is an owner, so nothing is left to set up");
    assert_eq!(configuration(&server)["setup_code_required"], false);
    server.stop();
}

#[test]
fn a_server_of_this_machine_only_wants_no_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    assert_eq!(server.setup_code, None);
    assert_eq!(configuration(&server)["setup_code_required"], false);
    assert_eq!(sign_up(&server, None).status, 201);
    server.stop();
}
