//! The client commands against a real server, outputs whole.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::json;

use crate::support::{
    command::{run, run_with_input, told, vibesheets},
    http::{PASSWORD, Person},
    server::Server,
};

/// An owner who is signed in on the command line, and a project.
fn signed_in(home: &Path) -> (Server, Person) {
    let server = Server::start(home);
    let owner = Person::owner(&server.url);
    let project = owner.post("/projects", &json!({"name": "Website relaunch", "billable": true}));
    assert_eq!(project.status, 201, "{:?}", project.json());
    let arguments = ["login", "--server", &server.url, "--email", "owner@example.com"];
    let told = run_with_input(home, &arguments, &format!("{PASSWORD}\n"));
    assert!(told.ends_with("exit code 0\n"), "{told}");
    (server, owner)
}

/// The commands with what each printed, the server's address and ids taken out.
fn session(home: &Path, server: &Server, commands: &[&[&str]]) -> String {
    let mut told = String::new();
    for arguments in commands {
        told.push_str(&format!("$ vibesheets {}\n{}\n", arguments.join(" "), run(home, arguments)));
    }
    told.replace(&server.url, "[server]")
}

/// How well a workbook is packed is not our affair.
const SIZE: (&str, &str) = (r"written, \d+ bytes", "written, [some] bytes");
/// Ids differ from run to run.
const ID: (&str, &str) = ("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "[id]");
/// So do the times of punches.
const TIMES: [(&str, &str); 2] =
    [(r"\b(at|since) (\d{4}-\d\d-\d\d )?\d\d:\d\d\b", "$1 [time]"), (r"(open since) \S+ \S+", "$1 [time]")];

#[test]
fn signing_in_keeps_a_token_that_only_its_owner_reads() {
    let home = tempfile::tempdir().expect("a folder");
    let server = Server::start(home.path());
    Person::owner(&server.url);
    let arguments = ["login", "--server", &server.url, "--email", "owner@example.com"];
    let told = run_with_input(home.path(), &arguments, &format!("{PASSWORD}\n"));
    insta::assert_snapshot!(told.replace(&server.url, "[server]"));
    let kept = home.path().join(".config/vibesheets/credentials.json");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&kept).expect("there").permissions().mode() & 0o777, 0o600);
    }
    assert!(!fs::read_to_string(&kept).expect("readable").contains(PASSWORD));
    let wrong = run_with_input(home.path(), &arguments, "something else\n");
    insta::assert_snapshot!(wrong);
    server.stop();
}

#[test]
fn a_password_is_not_sent_in_the_clear_beyond_this_machine_unless_it_is_a_developers() {
    let home = tempfile::tempdir().expect("a folder");
    // Nobody answers there, at an address of documentation (RFC 5737).
    let arguments = ["login", "--server", "http://192.0.2.1", "--email", "owner@example.com"];
    let refused = run_with_input(home.path(), &arguments, "\n");
    insta::assert_snapshot!(refused, @r"
    error: http://192.0.2.1 would send passwords in the clear: use https, or an address of this machine such as http://localhost:3000; or set VIBESHEETS_ENV=development where nobody listens on the way
    exit code 2
    ");
    let mut said = vibesheets(home.path(), &arguments);
    let output =
        said.env("VIBESHEETS_ENV", "development").stdin(Stdio::null()).output().expect("the binary runs");
    let told = told(home.path(), &output);
    assert!(told.contains("no password was given"), "asked for, and only then sent: {told}");
}

#[test]
fn a_day_at_the_clock() {
    let home = tempfile::tempdir().expect("a folder");
    let (server, _) = signed_in(home.path());
    let commands: &[&[&str]] = &[
        &["status"],
        &["in", "--project", "website relaunch", "--note", "Texts 📝", "--tag", "on-site", "--tag", "calm"],
        &["in"],
        &["status"],
        &["in", "--switch"],
        &["out", "--note", "Done"],
        &["out"],
        &["in", "--project", "Nothing"],
        &["in", "--at", "25:00"],
    ];
    let told = session(home.path(), &server, commands);
    insta::with_settings!({filters => TIMES}, { insta::assert_snapshot!(told) });
    server.stop();
}

#[test]
fn scripts_get_the_servers_json_and_its_problems() {
    let home = tempfile::tempdir().expect("a folder");
    let (server, _) = signed_in(home.path());
    let clocked_in = vibesheets(home.path(), &["in", "--json"]).output().expect("it runs");
    let answer: serde_json::Value = serde_json::from_slice(&clocked_in.stdout).expect("JSON");
    assert_eq!(answer["status"]["clocked_in"], true);
    let refused = vibesheets(home.path(), &["in", "--json"]).output().expect("it runs");
    let error: serde_json::Value = serde_json::from_slice(&refused.stderr).expect("JSON");
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(error["error"]["kind"], "refused");
    assert_eq!(error["error"]["problem"]["code"], "already_clocked_in");
    assert_eq!(error["error"]["problem"]["entry"]["id"], answer["entry"]["id"]);
    server.stop();
}

#[test]
fn a_server_that_is_gone_is_told_from_one_that_refuses() {
    let home = tempfile::tempdir().expect("a folder");
    let (server, _) = signed_in(home.path());
    let url = server.url.clone();
    server.kill();
    let output = vibesheets(home.path(), &["status"]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(3));
    let told = told(home.path(), &output).replace(&url, "[server]");
    assert!(told.starts_with("error: [server] does not answer"), "{told}");
    let nobody = tempfile::tempdir().expect("a folder");
    insta::assert_snapshot!(run(nobody.path(), &["status"]));
}

#[test]
fn members_come_and_go() {
    let home = tempfile::tempdir().expect("a folder");
    let (server, _) = signed_in(home.path());
    let invited = run(home.path(), &["member", "invite", "Grace Hopper", "--email", "grace@example.com"]);
    assert!(invited.starts_with("Grace Hopper is a member. They sign up here until "), "{invited}");
    let commands: &[&[&str]] = &[
        &["member", "invite", "Imported Ida"],
        &["member", "role", "grace@example.com", "manager"],
        &["member", "archive", "imported ida"],
        &["member", "list"],
        &["member", "archive", "Ada Owner"],
        &["member", "role", "nobody", "admin"],
    ];
    let told = session(home.path(), &server, commands);
    insta::with_settings!({filters => [ID]}, { insta::assert_snapshot!(told) });
    server.stop();
}

#[test]
fn a_file_comes_in_goes_out_again_and_is_undone() {
    let home = tempfile::tempdir().expect("a folder");
    let (server, _) = signed_in(home.path());
    let file = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n\
        Ida,ida@example.com,Acme,Website,,Texts,Yes,2026-03-02,08:00:00,2026-03-02,09:30:01,01:30:01,\n\
        Ida,ida@example.com,Acme,Website,,Review,No,2026-03-02,09:00:00,2026-03-02,10:00:00,01:00:00,calm\n\
        Ida,ida@example.com,Acme,Website,,Night,No,2026-03-28,22:00:00,2026-03-29,06:00:00,07:00:00,\n\
        Ida,ida@example.com,Acme,Website,,Broken,No,2026-13-02,09:00:00,2026-03-02,10:00:00,01:00:00,\n";
    fs::write(home.path().join("toggl.csv"), file).expect("written");
    let commands: &[&[&str]] = &[
        &["import", "toggl.csv", "--time-zone", "Europe/Vienna"],
        &["import", "toggl.csv", "--time-zone", "Europe/Vienna", "--overlaps", "trim", "--apply"],
        &["export", "--from", "2026-03-01", "--to", "2026-03-31", "--member", "Ida"],
        &[
            "export",
            "--from",
            "2026-03-01",
            "--to",
            "2026-03-31",
            "--member",
            "Ida",
            "--format",
            "xlsx",
            "-o",
            "ida.xlsx",
        ],
        &["import", "missing.csv", "--time-zone", "Europe/Vienna"],
    ];
    let told = session(home.path(), &server, commands);
    insta::with_settings!({filters => [ID, SIZE]}, { insta::assert_snapshot!(told) });
    assert!(fs::read(home.path().join("ida.xlsx")).expect("there").starts_with(b"PK"));
    let listed = vibesheets(home.path(), &["imports", "list", "--json"]).output().expect("it runs");
    let listed: serde_json::Value = serde_json::from_slice(&listed.stdout).expect("JSON");
    let id = listed["imports"][0]["id"].as_str().expect("an import");
    assert_eq!(
        run(home.path(), &["imports", "undo", id]),
        "3 entries, 9:00:00, were taken out.\nexit code 0\n"
    );
    server.stop();
}

#[test]
fn the_document_of_the_api_is_the_committed_one() {
    let home = tempfile::tempdir().expect("a folder");
    let printed =
        Command::new(env!("CARGO_BIN_EXE_vibesheets")).arg("openapi").current_dir(home.path()).output();
    let printed: serde_json::Value = serde_json::from_slice(&printed.expect("it runs").stdout).expect("JSON");
    let committed =
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi.json")).expect("committed");
    let committed: serde_json::Value = serde_json::from_slice(&committed).expect("JSON");
    assert_eq!(printed, committed);
}
