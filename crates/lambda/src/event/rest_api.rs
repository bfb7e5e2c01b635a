//! Events of version 1.0: REST APIs, and HTTP APIs that are told to.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, Method};
use serde::Deserialize;

use super::{Arrived, EventError, body, request::append};

/// What we read of an event. The gateway has decoded the query, and lists what is repeated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RestApiEvent {
    path: String,
    http_method: String,
    #[serde(default)]
    headers: Option<BTreeMap<String, String>>,
    #[serde(default)]
    multi_value_headers: Option<BTreeMap<String, Vec<String>>>,
    #[serde(default)]
    query_string_parameters: Option<BTreeMap<String, String>>,
    #[serde(default)]
    multi_value_query_string_parameters: Option<BTreeMap<String, Vec<String>>>,
    request_context: RequestContext,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
}

#[derive(Debug, Deserialize)]
struct RequestContext {
    /// The path with the stage, or with what a domain of one's own is mapped to.
    #[serde(default)]
    path: Option<String>,
    #[serde(default)]
    identity: Identity,
}

impl RequestContext {
    fn stage_before(&self, path: &str) -> String {
        let whole = self.path.as_deref().unwrap_or_default();
        whole.strip_suffix(path).map(str::to_owned).unwrap_or_default()
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Identity {
    #[serde(default)]
    source_ip: Option<String>,
}

impl RestApiEvent {
    pub(super) fn arrived(self) -> Result<Arrived, EventError> {
        let method = Method::from_bytes(self.http_method.as_bytes());
        let mut headers = HeaderMap::new();
        for (name, values) in listed(self.multi_value_headers, self.headers) {
            values.iter().for_each(|value| append(&mut headers, &name, value));
        }
        let parameters = listed(self.multi_value_query_string_parameters, self.query_string_parameters);
        Ok(Arrived {
            // It is not in the path, but it is in the address.
            stage: self.request_context.stage_before(&self.path),
            path: self.path,
            query: query(&parameters),
            method: method.map_err(|_| EventError::NotOurs("its method is none".to_owned()))?,
            headers,
            body: body::bytes_of(self.body, self.is_base64_encoded)?,
            client: self.request_context.identity.source_ip.and_then(|address| address.parse().ok()),
        })
    }
}

/// The lists, which hold everything, or single values where a sender makes no lists.
fn listed(
    lists: Option<BTreeMap<String, Vec<String>>>,
    single: Option<BTreeMap<String, String>>,
) -> BTreeMap<String, Vec<String>> {
    let single = || single.into_iter().flatten().map(|(name, value)| (name, vec![value])).collect();
    lists.filter(|lists| !lists.is_empty()).unwrap_or_else(single)
}

/// In the order of the names: the same request must read the same when it is repeated (I4).
fn query(parameters: &BTreeMap<String, Vec<String>>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, values) in parameters {
        for value in values {
            query.append_pair(name, value);
        }
    }
    query.finish()
}
