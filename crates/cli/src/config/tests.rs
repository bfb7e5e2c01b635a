use std::{ffi::OsString, fs};

use vibesheets_api::Environment;

use super::*;

fn load(
    flags: &[(keys::Key, &str)],
    variables: &[(&str, &str)],
    file: Option<&str>,
) -> Result<Config, String> {
    let folder = tempfile::tempdir().expect("a folder");
    if let Some(text) = file {
        fs::write(folder.path().join("vibesheets.toml"), text).expect("a file");
    }
    let flags = flags.iter().map(|(key, value)| Flag { key: *key, value: (*value).to_owned() }).collect();
    let variables = variables.iter().map(|(name, value)| (OsString::from(name), OsString::from(value)));
    let place = folder.path().display().to_string();
    Sources::gather(flags, variables, folder.path())
        .and_then(|sources| Config::load(&sources))
        .map_err(|error| error.to_string().replace(&place, "."))
}

fn problem(variables: &[(&str, &str)], file: Option<&str>) -> String {
    load(&[], variables, file).err().unwrap_or_else(|| "no error".to_owned())
}

#[test]
fn flags_stand_before_the_environment_before_the_file_before_defaults() {
    let file = Some("listen = '127.0.0.1:1'\nstore = 'sqlite:file.db'\nsignup = 'open'");
    let variables = [("VIBESHEETS_LISTEN", "127.0.0.1:2"), ("VIBESHEETS_STORE", "sqlite:variable.db")];
    let config = load(&[(keys::LISTEN, "127.0.0.1:3")], &variables, file).expect("a configuration");
    let rows = config.rows();
    let sources: Vec<_> = rows.iter().map(|row| (row.key, row.source.as_str())).collect();
    assert_eq!(config.listen.value.port(), 3);
    assert_eq!(config.store.value.to_string(), "sqlite:variable.db");
    assert_eq!(config.sign_up.value, vibesheets_api::SignUpMode::Open);
    assert_eq!(config.environment.value, Environment::Development);
    assert_eq!(sources[0], ("env", "default"));
    assert_eq!(sources[1], ("listen", "argument"));
    assert_eq!(sources[4], ("store", "VIBESHEETS_STORE"));
    assert_eq!(sources[9].0, "signup");
    assert!(sources[9].1.ends_with("vibesheets.toml"), "{}", sources[9].1);
}

#[test]
fn an_unknown_key_names_the_nearest_known_one() {
    assert_eq!(
        problem(&[("VIBESHEETS_LISTN", "x")], None),
        "unknown key `VIBESHEETS_LISTN` in the environment; did you mean `VIBESHEETS_LISTEN`?"
    );
    assert_eq!(
        problem(&[], Some("publicurl = 'x'")),
        "unknown key `publicurl` in ./vibesheets.toml; did you mean `public_url`?"
    );
}

#[test]
fn a_wrong_value_says_what_is_wrong_with_it_and_where_it_was_said() {
    for (variable, value, expected) in [
        (
            "VIBESHEETS_ENV",
            "prod",
            "env: `prod` must be development, staging or production (from VIBESHEETS_ENV)",
        ),
        (
            "VIBESHEETS_LISTEN",
            "3000",
            "listen: `3000` must be an address and a port, such as 127.0.0.1:3000 or 0.0.0.0:3000 (from VIBESHEETS_LISTEN)",
        ),
        (
            "VIBESHEETS_STORE",
            "./x.db",
            "store: `./x.db` must be sqlite:PATH, such as sqlite:./data/vibesheets.db, sqlite::memory:, or dynamodb:PREFIX?region=REGION (from VIBESHEETS_STORE)",
        ),
        ("VIBESHEETS_SIGNUP", "all", "signup: `all` must be invite or open (from VIBESHEETS_SIGNUP)"),
        (
            "VIBESHEETS_SESSION_KEY",
            "hunter2",
            "session_key: `(secret)` must be 64 hexadecimal digits, such as `openssl rand -hex 32` prints (from VIBESHEETS_SESSION_KEY)",
        ),
    ] {
        assert_eq!(problem(&[(variable, value)], None), expected);
    }
}

#[test]
fn a_file_that_is_no_configuration_is_named() {
    assert!(problem(&[], Some("listen = ")).starts_with("./vibesheets.toml: "));
    assert_eq!(
        problem(&[], Some("[listen]")),
        "listen: `{}` must be a text in quotes (from ./vibesheets.toml)"
    );
    let missing = problem(&[("VIBESHEETS_CONFIG", "other.toml")], None);
    assert!(missing.starts_with("./other.toml: cannot be read"), "{missing}");
}

#[test]
fn a_password_must_not_stand_in_a_file() {
    assert_eq!(
        problem(&[], Some("password = 'x'")),
        "`password` must not stand in ./vibesheets.toml; set VIBESHEETS_PASSWORD in the environment instead"
    );
}

#[test]
fn plain_http_beyond_this_machine_is_refused_outside_development() {
    let refused =
        problem(&[("VIBESHEETS_ENV", "production"), ("VIBESHEETS_PUBLIC_URL", "http://x.example")], None);
    assert!(refused.starts_with("public_url: http://x.example sends passwords in the clear"), "{refused}");
    let listening = problem(&[("VIBESHEETS_ENV", "staging"), ("VIBESHEETS_LISTEN", "192.0.2.1:80")], None);
    assert!(listening.starts_with("public_url: http://192.0.2.1 sends passwords"), "{listening}");
    let development = load(&[], &[("VIBESHEETS_PUBLIC_URL", "http://x.example")], None);
    assert!(development.is_ok());
}

#[test]
fn secrets_are_never_shown() {
    let key = "0123456789abcdef".repeat(4);
    let variables = [
        ("VIBESHEETS_SESSION_KEY", key.as_str()),
        ("VIBESHEETS_PASSWORD", "hunter2"),
        ("VIBESHEETS_TOKEN", "t0ken"),
    ];
    let config = load(&[], &variables, None).expect("a configuration");
    for shown in [format!("{config:?}"), format!("{:?}", config.rows())] {
        assert!(!shown.contains("0123456789abcdef"), "{shown}");
        assert!(!shown.contains("hunter2") && !shown.contains("t0ken"), "{shown}");
    }
}

#[test]
fn an_empty_variable_is_not_set() {
    let config = load(&[], &[("VIBESHEETS_LISTEN", "")], None).expect("a configuration");
    assert_eq!(config.listen.source, Source::Default);
}

#[test]
fn trusted_proxies_are_networks_and_an_address_alone_is_one() {
    let read = |text| {
        load(&[], &[("VIBESHEETS_TRUSTED_PROXIES", text)], None).map(|config| {
            let networks = config.trusted_proxies.value;
            networks.0.iter().map(ToString::to_string).collect::<Vec<_>>()
        })
    };
    assert_eq!(
        read("10.0.0.0/8, 2001:db8::/32 ,192.0.2.1"),
        Ok(["10.0.0.0/8", "2001:db8::/32", "192.0.2.1/32"].map(str::to_owned).to_vec())
    );
    assert_eq!(read(""), Ok(Vec::new()));
    assert!(
        problem(&[("VIBESHEETS_TRUSTED_PROXIES", "10.0.0.0/8, proxy")], None).contains("`proxy` is none")
    );
}
