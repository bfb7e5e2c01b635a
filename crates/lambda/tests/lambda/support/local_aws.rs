//! S3 and Secrets Manager: `moto_server` (PyPI `moto[server]`), where it is installed.

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_s3::{
    config::Credentials,
    types::{BucketLocationConstraint, CreateBucketConfiguration},
};
use aws_smithy_http_client::Builder;
use vibesheets_store_contract::support::MotoServer;

/// The bucket that functions are told of.
pub const BUCKET: &str = "vibesheets-transfers";
/// The secret that functions are told of.
pub const SECRET: &str = "vibesheets/session-key";

/// A local AWS that ends when it is dropped.
pub struct LocalAws {
    pub endpoint: String,
    shared: SdkConfig,
    _server: MotoServer,
}

impl LocalAws {
    /// With the bucket, and the secret holding `secret`; `None` where there is no `moto_server` on this machine, and
    /// says so.
    pub async fn start(secret: &str) -> Option<Self> {
        let server = MotoServer::start("S3 and Secrets Manager")?;
        let shared = aws_config::defaults(BehaviorVersion::latest())
            .http_client(Builder::new().build_http())
            .region(Region::from_static("eu-central-1"))
            .credentials_provider(Credentials::new("test", "test", None, None, "test"))
            .endpoint_url(&server.endpoint)
            .load()
            .await;
        let local = Self { endpoint: server.endpoint.clone(), shared, _server: server };
        local.make_bucket().await;
        local.secrets().create_secret().name(SECRET).secret_string(secret).send().await.expect("a secret");
        Some(local)
    }

    /// Puts another value into the secret.
    pub async fn rotate(&self, secret: &str) {
        self.secrets()
            .put_secret_value()
            .secret_id(SECRET)
            .secret_string(secret)
            .send()
            .await
            .expect("rotated");
    }

    /// The keys in the bucket.
    pub async fn keys(&self) -> Vec<String> {
        let listed = self.s3().list_objects_v2().bucket(BUCKET).send().await.expect("a list");
        listed.contents().iter().filter_map(|object| object.key().map(str::to_owned)).collect()
    }

    /// A client of its secrets.
    pub fn secrets(&self) -> aws_sdk_secretsmanager::Client {
        aws_sdk_secretsmanager::Client::new(&self.shared)
    }

    /// The same, of what answers at `endpoint`.
    pub fn secrets_at(&self, endpoint: &str) -> aws_sdk_secretsmanager::Client {
        let config = aws_sdk_secretsmanager::config::Builder::from(&self.shared).endpoint_url(endpoint);
        aws_sdk_secretsmanager::Client::from_conf(config.build())
    }

    fn s3(&self) -> aws_sdk_s3::Client {
        let config = aws_sdk_s3::config::Builder::from(&self.shared).force_path_style(true);
        aws_sdk_s3::Client::from_conf(config.build())
    }

    async fn make_bucket(&self) {
        let place = CreateBucketConfiguration::builder()
            .location_constraint(BucketLocationConstraint::EuCentral1)
            .build();
        let made = self.s3().create_bucket().bucket(BUCKET).create_bucket_configuration(place).send().await;
        made.expect("a bucket");
    }
}
