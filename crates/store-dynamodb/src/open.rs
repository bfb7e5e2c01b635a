//! From a location to a client.

use std::time::Duration;

use aws_config::{BehaviorVersion, Region, SdkConfig, timeout::TimeoutConfig};
use aws_sdk_dynamodb::{
    Client,
    config::{Credentials, SharedHttpClient, retry::RetryConfig},
};
use aws_smithy_http_client::{
    Builder,
    tls::{Provider, rustls_provider::CryptoMode},
};

use crate::Location;

/// How long one attempt at a request may take.
const ATTEMPT: Duration = Duration::from_secs(2);
/// How long it may take to be connected.
const CONNECT: Duration = Duration::from_secs(1);

/// Why a store cannot be reached at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Nobody said where.
    #[error("no AWS region is set: add ?region=… to the store's name, or set AWS_REGION")]
    NoRegion,
}

/// A client that retries nothing by itself: which failures may be tried again depends on the request.
///
/// # Errors
/// [`OpenError`] that says what to do. Nothing was sent to the engine.
pub(crate) async fn client(location: &Location, http: Option<SharedHttpClient>) -> Result<Client, OpenError> {
    let http = http.unwrap_or_else(|| http_client(location));
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http)
        .retry_config(RetryConfig::disabled())
        .timeout_config(
            TimeoutConfig::builder().connect_timeout(CONNECT).operation_attempt_timeout(ATTEMPT).build(),
        );
    if let Some(region) = &location.region {
        loader = loader.region(Region::new(region.clone()));
    }
    if location.is_plain() {
        // Any will do for an engine on this machine, and looking for others would ask the network.
        loader = loader.credentials_provider(Credentials::new(
            "local",
            "local",
            None,
            None,
            "an engine for development",
        ));
        if location.region.is_none() {
            loader = loader.region(Region::from_static("local"));
        }
    }
    let shared: SdkConfig = loader.load().await;
    if shared.region().is_none() {
        return Err(OpenError::NoRegion);
    }
    let mut config = aws_sdk_dynamodb::config::Builder::from(&shared);
    if let Some(endpoint) = &location.endpoint {
        config = config.endpoint_url(endpoint);
    }
    Ok(Client::from_conf(config.build()))
}

fn http_client(location: &Location) -> SharedHttpClient {
    if location.is_plain() {
        Builder::new().build_http()
    } else {
        Builder::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc)).build_https()
    }
}
