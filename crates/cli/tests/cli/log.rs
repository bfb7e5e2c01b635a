//! The log is for whoever reads it; the server does not depend on them.

use serde_json::{Value, json};

use crate::support::{
    http::{Person, agent, send},
    server::Server,
};

#[test]
fn a_server_whose_log_nobody_takes_answers_writes_and_ends_as_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start_unheard(folder.path());
    for _ in 0..3 {
        let health = send(&agent(), "GET", &format!("{}/health", server.url), &[], None).expect("an answer");
        assert_eq!(health.status, 200, "{health:?}");
    }
    let owner = Person::owner(&server.url);
    let refused = owner.post("/clock/out", &json!({}));
    assert_ne!(refused.status, 500, "{refused:?}");
    let me = owner.send("GET", "/me", None, None).expect("an answer");
    assert_eq!(me.status, 200, "{me:?}");
    assert_ne!(me.json(), Value::Null);
    server.stop();
}
