//! S3 and Secrets Manager: `moto_server` (PyPI `moto[server]`), where it is installed.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_s3::{
    config::Credentials,
    types::{BucketLocationConstraint, CreateBucketConfiguration},
};
use aws_smithy_http_client::Builder;

/// The bucket that functions are told of.
pub const BUCKET: &str = "vibesheets-transfers";
/// The secret that functions are told of.
pub const SECRET: &str = "vibesheets/session-key";

/// A local AWS that ends when it is dropped.
pub struct LocalAws {
    pub endpoint: String,
    shared: SdkConfig,
    process: Child,
}

impl LocalAws {
    /// With the bucket, and the secret holding `secret`; `None` where there is no `moto_server` on this machine, and
    /// says so.
    pub async fn start(secret: &str) -> Option<Self> {
        let mut process = match Command::new("moto_server")
            .args(["-H", "127.0.0.1", "-p", "0"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
        {
            Ok(process) => process,
            Err(error) => {
                eprintln!(
                    "SKIPPED: no moto_server here ({error}), so S3 and Secrets Manager went unchecked \
                    (pip install 'moto[server]')"
                );
                return None;
            }
        };
        let mut lines = BufReader::new(process.stderr.take().expect("piped")).lines();
        let endpoint = lines.find_map(|line| {
            let line = line.expect("text");
            line.split_whitespace().find(|word| word.starts_with("http://127")).map(str::to_owned)
        });
        let endpoint = endpoint.expect("moto_server says where it listens");
        // It logs each request, and would wait for somebody to read that.
        std::thread::spawn(move || lines.for_each(drop));
        let shared = aws_config::defaults(BehaviorVersion::latest())
            .http_client(Builder::new().build_http())
            .region(Region::from_static("eu-central-1"))
            .credentials_provider(Credentials::new("test", "test", None, None, "test"))
            .endpoint_url(&endpoint)
            .load()
            .await;
        let local = Self { endpoint, shared, process };
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

impl Drop for LocalAws {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
