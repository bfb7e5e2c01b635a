//! What the operator decides, and how it is told where it is wrong.

use std::ffi::OsString;

use vibesheets_api::Environment;
use vibesheets_lambda::{Config, SessionKey};

use crate::support::Bootstrap;

const GOOD: [(&str, &str); 3] = [
    ("VIBESHEETS_PUBLIC_URL", "https://time.example.com"),
    ("VIBESHEETS_SECRET_ARN", "vibesheets/session-key"),
    ("VIBESHEETS_STORE", "dynamodb:vibesheets-?suffix=-prod"),
];

/// What is good, with some of it replaced or added.
fn load(changed: &[(&str, &str)]) -> Result<Config, String> {
    let kept = GOOD.iter().filter(|(name, _)| changed.iter().all(|(other, _)| name != other));
    let variables = kept.chain(changed).map(|(name, value)| (OsString::from(name), OsString::from(value)));
    Config::load(variables).map_err(|error| error.to_string())
}

#[test]
fn what_has_no_default_is_enough() {
    let config = load(&[("PATH", "/usr/bin"), ("VIBESHEETS_FUNCTION", "")]).expect("a configuration");
    assert_eq!(config.session_key, SessionKey::SecretsManager("vibesheets/session-key".to_owned()));
    assert_eq!(
        config.environment,
        Environment::Production,
        "limits are in force unless somebody says otherwise"
    );
    assert_eq!((config.function, config.transfer_bucket, config.base_path), (None, None, String::new()));
}

#[test]
fn what_is_wrong_is_named_with_what_would_be_right() {
    for (name, value, said) in [
        (
            "VIBESHEETS_BUCKET",
            "x",
            "unknown key `VIBESHEETS_BUCKET` in the environment; did you mean `VIBESHEETS_",
        ),
        (
            "VIBESHEETS_FUNCTION",
            "clock-inout",
            "VIBESHEETS_FUNCTION: `clock-inout` is no function; did you mean `clock-in-out`?",
        ),
        ("VIBESHEETS_STORE", "", "`VIBESHEETS_STORE` is not set: where everything is kept"),
        (
            "VIBESHEETS_STORE",
            "sqlite:x",
            "VIBESHEETS_STORE: `sqlite:x` a DynamoDB store is named dynamodb:PREFIX",
        ),
        ("VIBESHEETS_PUBLIC_URL", "", "`VIBESHEETS_PUBLIC_URL` is not set: the address that browsers use"),
        ("VIBESHEETS_SECRET_ARN", "", "`VIBESHEETS_SECRET_ARN` is not set: the name or ARN of the secret"),
        (
            "VIBESHEETS_SESSION_KEY",
            "hunter2",
            "VIBESHEETS_SESSION_KEY: `(secret)` and VIBESHEETS_SECRET_ARN are both set",
        ),
        ("VIBESHEETS_ENV", "prod", "VIBESHEETS_ENV: `prod` must be development, staging or production"),
        ("VIBESHEETS_SIGNUP", "all", "VIBESHEETS_SIGNUP: `all` must be invite or open"),
        (
            "VIBESHEETS_BASE_PATH",
            "v1/",
            "VIBESHEETS_BASE_PATH: `v1/` must be a path without a slash at its end",
        ),
    ] {
        let problem = load(&[(name, value)]).expect_err(name);
        assert!(problem.starts_with(said), "{problem}");
    }
    let plain =
        load(&[("VIBESHEETS_ENV", "production"), ("VIBESHEETS_PUBLIC_URL", "http://time.example.com")]);
    assert!(plain.expect_err("plain http").contains("would send passwords in the clear"));
    let wrong = load(&[("VIBESHEETS_SECRET_ARN", ""), ("VIBESHEETS_SESSION_KEY", "hunter2")]);
    let wrong = wrong.expect_err("no key");
    assert!(wrong.contains("must be 64 hexadecimal digits") && !wrong.contains("hunter2"), "{wrong}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn lambda_is_told_what_is_wrong_before_the_first_poll() {
    let mut function = Bootstrap::start(&[("VIBESHEETS_FUNCTION", "projcts")]).await;
    let said = function.api.init_error().await;
    assert_eq!(said["errorType"], "Runtime.InvalidConfiguration");
    let message = said["errorMessage"].as_str().expect("words");
    assert!(message.starts_with("`VIBESHEETS_PUBLIC_URL` is not set"), "{message}");
    assert!(!function.ended().success());
    assert!(function.log().contains("`VIBESHEETS_PUBLIC_URL` is not set"), "{}", function.log());
}
