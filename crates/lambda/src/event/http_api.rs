//! Events of version 2.0: HTTP APIs and function URLs.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, Method};
use serde::Deserialize;

use super::{
    Arrived, EventError, body,
    request::{append, strip_prefix},
};

/// What we read of an event; repeated headers come joined by commas, cookies on their own.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpApiEvent {
    raw_path: String,
    #[serde(default)]
    raw_query_string: String,
    #[serde(default)]
    cookies: Option<Vec<String>>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    request_context: RequestContext,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RequestContext {
    #[serde(default)]
    domain_name: String,
    #[serde(default)]
    stage: String,
    http: Http,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Http {
    method: String,
    #[serde(default)]
    source_ip: String,
}

impl HttpApiEvent {
    pub(super) fn arrived(self) -> Result<Arrived, EventError> {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            append(&mut headers, name, value);
        }
        if let Some(cookies) = self.cookies.filter(|cookies| !cookies.is_empty()) {
            append(&mut headers, "cookie", &cookies.join("; "));
        }
        let context = self.request_context;
        let method = Method::from_bytes(context.http.method.as_bytes());
        let stage = stage_before(&self.raw_path, &context.domain_name, &context.stage);
        Ok(Arrived {
            path: strip_prefix(&self.raw_path, &stage).unwrap_or("/").to_owned(),
            stage,
            query: self.raw_query_string,
            method: method.map_err(|_| EventError::NotOurs("its method is none".to_owned()))?,
            headers,
            body: body::bytes_of(self.body, self.is_base64_encoded)?,
            client: context.http.source_ip.parse().ok(),
        })
    }
}

/// The gateway's own address has the stage before the path, except for the default one. A domain of one's own has what
/// it is mapped to instead, which only the configuration can tell from a path of ours.
fn stage_before(path: &str, domain: &str, stage: &str) -> String {
    let prefix = format!("/{stage}");
    let has_stage = domain.contains(".execute-api.") && stage != "$default" && !stage.is_empty();
    if has_stage && strip_prefix(path, &prefix).is_some() { prefix } else { String::new() }
}
