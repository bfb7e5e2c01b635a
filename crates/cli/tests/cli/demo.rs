//! `vibesheets serve --demo`.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::support::{
    command::{run, vibesheets},
    http::{agent, send},
};

#[test]
fn the_demo_proves_itself_and_lets_every_role_in() {
    let home = tempfile::tempdir().expect("a folder");
    let mut child =
        vibesheets(home.path(), &["serve", "--demo", "--listen", "127.0.0.1:0", "--log-format", "json"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary runs");
    let mut lines =
        BufReader::new(child.stdout.take().expect("piped")).lines().map(|line| line.expect("a line"));
    let mut told = Vec::new();
    for line in lines.by_ref() {
        let last = line.starts_with("Sign in as ");
        told.push(line);
        if last {
            break;
        }
    }
    let text = told.join("\n");
    assert!(text.contains("every record is as it was written"), "{text}");
    assert!(text.contains("its payload does not match its digest"), "{text}");
    let url = told.iter().find_map(|line| line.strip_prefix("VibeSheets is ready at ")).expect("an address");
    for role in ["owner", "admin", "manager", "member"] {
        let credentials =
            serde_json::json!({"email": format!("{role}@demo.example"), "password": "demo-demo-demo"});
        let token = send(&agent(), "POST", &format!("{url}/api/auth/token"), &[], Some(&credentials))
            .expect("an answer");
        let bearer = format!("Bearer {}", token.json()["access_token"].as_str().expect("a token"));
        let me = send(&agent(), "GET", &format!("{url}/api/me"), &[("authorization", &bearer)], None)
            .expect("an answer");
        assert_eq!(me.json()["member"]["role"], role);
    }
    child.kill().expect("killed");
    child.wait().expect("gone");
    let verified = run(home.path(), &["verify", "--store", "sqlite:./data/demo/vibesheets.db"]);
    assert!(verified.ends_with("exit code 0\n"), "{verified}");
}
