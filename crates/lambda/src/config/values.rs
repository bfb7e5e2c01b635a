//! The types behind the texts.

use vibesheets_api::{Environment, SignUpMode, functions};

/// The nearest of the `known` names.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let nearest = known.into_iter().min_by_key(|name| strsim::osa_distance(wrong, name));
    nearest.unwrap_or_default().to_owned()
}

/// Reads where the function runs.
pub fn environment(text: &str) -> Result<Environment, String> {
    [Environment::Development, Environment::Staging, Environment::Production]
        .into_iter()
        .find(|environment| environment.as_str() == text)
        .ok_or_else(|| "must be development, staging or production".to_owned())
}

/// Reads who may sign up once there is an owner.
pub fn sign_up(text: &str) -> Result<SignUpMode, String> {
    match text {
        "invite" => Ok(SignUpMode::Invite),
        "open" => Ok(SignUpMode::Open),
        _ => Err("must be invite or open".to_owned()),
    }
}

/// Reads the name of a function.
pub fn function(name: &str) -> Result<String, String> {
    let names: Vec<&str> = functions().iter().map(|function| function.name).collect();
    if names.contains(&name) {
        return Ok(name.to_owned());
    }
    let nearest = nearest(name, names);
    Err(format!("is no function; did you mean `{nearest}`? Leave it out to serve all of them"))
}

/// Reads what a domain of one's own is mapped to.
pub fn base_path(text: &str) -> Result<String, String> {
    let is_path =
        text.starts_with('/') && !text.ends_with('/') && text.bytes().all(|byte| byte.is_ascii_graphic());
    if is_path && !text.contains(['?', '#', '%']) {
        return Ok(text.to_owned());
    }
    Err("must be a path without a slash at its end, such as /v1".to_owned())
}
