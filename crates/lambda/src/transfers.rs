//! Large files by way of an S3 bucket.

use std::time::Duration;

use async_trait::async_trait;
use aws_sdk_s3::{
    Client,
    error::DisplayErrorContext,
    presigning::{PresignedRequest, PresigningConfig},
    primitives::{ByteStream, Length},
};
use vibesheets_api::transfers::{
    DOWNLOAD_LINK_LASTS, Download, TransferError, TransferPlace, Transfers, UPLOAD_LINK_LASTS, UploadLink,
};

use crate::event::MOST_BODY_BYTES;

/// Files under `uploads/` and `downloads/` of one bucket. The bucket's own rules forget them after a day.
pub struct S3Transfers {
    client: Client,
    bucket: String,
}

impl S3Transfers {
    /// In `bucket`.
    pub const fn new(client: Client, bucket: String) -> Self {
        Self { client, bucket }
    }
}

/// Tells what S3 said, for the log.
fn failed(error: impl std::error::Error) -> TransferError {
    TransferError(DisplayErrorContext(error).to_string())
}

fn lasting(duration: Duration) -> Result<PresigningConfig, TransferError> {
    PresigningConfig::expires_in(duration).map_err(failed)
}

#[async_trait]
impl Transfers for S3Transfers {
    fn longest_answer_bytes(&self) -> u64 {
        MOST_BODY_BYTES as u64
    }

    async fn upload_link(&self, place: TransferPlace, bytes: u64) -> Result<UploadLink, TransferError> {
        // Length and type are signed: S3 takes a file of just this length and nothing else.
        let length = i64::try_from(bytes).map_err(failed)?;
        let request = self
            .client
            .put_object()
            .bucket(&self.bucket)
            .key(format!("uploads/{place}"))
            .content_length(length)
            .content_type("text/csv");
        let signed = request.presigned(lasting(UPLOAD_LINK_LASTS)?).await.map_err(failed)?;
        Ok(UploadLink { url: signed.uri().to_owned(), headers: headers_to_send(&signed) })
    }

    async fn read_upload(
        &self,
        place: TransferPlace,
        most_bytes: u64,
    ) -> Result<Option<Vec<u8>>, TransferError> {
        let request = self.client.get_object().bucket(&self.bucket).key(format!("uploads/{place}"));
        let object = match request.send().await {
            Ok(object) => object,
            Err(error) if error.as_service_error().is_some_and(|error| error.is_no_such_key()) => {
                return Ok(None);
            }
            Err(error) => return Err(failed(error)),
        };
        let bytes = object.content_length().and_then(|length| u64::try_from(length).ok());
        if bytes.is_none_or(|bytes| bytes > most_bytes) {
            return Err(TransferError(format!("{place} is longer than its link allowed")));
        }
        let body = object.body.collect().await.map_err(failed)?;
        Ok(Some(body.to_vec()))
    }

    async fn put_download(&self, place: TransferPlace, download: Download) -> Result<String, TransferError> {
        let key = format!("downloads/{place}");
        let file = ByteStream::read_from()
            .file(tokio::fs::File::from_std(download.file))
            .length(Length::Exact(download.bytes))
            .build();
        let put = self.client.put_object().bucket(&self.bucket).key(&key).body(file.await.map_err(failed)?);
        let put = put.content_type(download.content_type).content_disposition(download.content_disposition);
        put.send().await.map_err(failed)?;
        let get = self.client.get_object().bucket(&self.bucket).key(&key);
        let signed = get.presigned(lasting(DOWNLOAD_LINK_LASTS)?).await.map_err(failed)?;
        Ok(signed.uri().to_owned())
    }
}

/// All that was signed, but for the length, which whoever sends a body writes anyway and browsers let nobody set.
fn headers_to_send(signed: &PresignedRequest) -> std::collections::BTreeMap<String, String> {
    let headers = signed.headers().filter(|(name, _)| *name != "content-length");
    headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}
