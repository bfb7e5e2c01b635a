//! What all clients of AWS share: credentials, region, endpoint and HTTP.

use aws_config::{BehaviorVersion, SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use aws_sdk_s3::config::{RequestChecksumCalculation, SharedHttpClient};
use aws_smithy_http_client::{
    Builder,
    tls::{Provider, rustls_provider::CryptoMode},
};
use std::time::Duration;

/// HTTP for all of them. Reads the machine's root certificates, which takes a moment.
pub fn http() -> SharedHttpClient {
    Builder::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc)).build_https()
}

/// As the environment has it: Lambda gives the role's credentials and the region in variables, and `AWS_ENDPOINT_URL`
/// leads to a local AWS. Makes no request.
pub async fn shared(http: SharedHttpClient) -> SdkConfig {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(2))
        // Long enough for 32 MiB, and shorter than a gateway waits.
        .operation_timeout(Duration::from_secs(25));
    aws_config::defaults(BehaviorVersion::latest())
        .http_client(http)
        .timeout_config(timeouts.build())
        .retry_config(RetryConfig::standard().with_max_attempts(3))
        .load()
        .await
}

/// For the bucket of large files.
pub fn s3(shared: &SdkConfig) -> aws_sdk_s3::Client {
    let config = aws_sdk_s3::config::Builder::from(shared)
        // A link must not ask browsers for a checksum of a file that is not there yet.
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        // Only AWS itself has a name for each bucket.
        .force_path_style(shared.endpoint_url().is_some());
    aws_sdk_s3::Client::from_conf(config.build())
}
