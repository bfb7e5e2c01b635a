//! Files that are too large for the way requests come and answers go: a cloud function takes and gives a few megabytes,
//! so larger files are left in a bucket and fetched from there, by links that work for minutes.
//!
//! A server that takes and gives files of any size has no such place.

use std::{collections::BTreeMap, fmt, fs::File, time::Duration};

use async_trait::async_trait;
use vibesheets_core::{MemberId, OrganisationId, UploadId, actions::Caller};

/// How long a link takes an upload.
pub const UPLOAD_LINK_LASTS: Duration = Duration::from_secs(15 * 60);
/// How long a link gives a download.
pub const DOWNLOAD_LINK_LASTS: Duration = Duration::from_secs(5 * 60);

/// Where one member's file is. Whose it is comes from the session and never from the request, so that the id of
/// somebody else's file leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransferPlace {
    organisation: OrganisationId,
    member: MemberId,
    id: UploadId,
}

impl TransferPlace {
    /// The place of `caller`'s file.
    pub fn of(caller: &Caller, id: UploadId) -> Self {
        Self { organisation: caller.organisation.id, member: caller.member.id, id }
    }
}

/// `ORGANISATION/MEMBER/ID`.
impl fmt::Display for TransferPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.organisation, self.member, self.id)
    }
}

/// A link that takes one file by `PUT`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadLink {
    /// The address. Whoever has it can leave the file.
    pub url: String,
    /// What has to be sent along.
    pub headers: BTreeMap<String, String>,
}

/// A file to be fetched.
#[derive(Debug)]
pub struct Download {
    /// The file, at its beginning.
    pub file: File,
    /// Its length in bytes.
    pub bytes: u64,
    /// What it is.
    pub content_type: &'static str,
    /// What it is called where it is saved.
    pub content_disposition: String,
}

/// The bucket did not do it. For the log: what it says may name what only operators know.
#[derive(Debug, thiserror::Error)]
#[error("the transfer bucket: {0}")]
pub struct TransferError(pub String);

/// Where large files are left and fetched.
#[async_trait]
pub trait Transfers: Send + Sync {
    /// The longest answer, in bytes, that can be given directly; longer ones become downloads.
    fn longest_answer_bytes(&self) -> u64;

    /// A link that takes a CSV file of exactly `bytes` bytes, for [`UPLOAD_LINK_LASTS`].
    ///
    /// # Errors
    /// [`TransferError`]; nothing was promised.
    async fn upload_link(&self, place: TransferPlace, bytes: u64) -> Result<UploadLink, TransferError>;

    /// The file that was left, where it has at most `most_bytes`; `None` where there is none.
    ///
    /// # Errors
    /// [`TransferError`]; reading it again is fine.
    async fn read_upload(
        &self,
        place: TransferPlace,
        most_bytes: u64,
    ) -> Result<Option<Vec<u8>>, TransferError>;

    /// Leaves a file to be fetched, and gives the link to it, for [`DOWNLOAD_LINK_LASTS`].
    ///
    /// # Errors
    /// [`TransferError`]; what was left cannot be fetched.
    async fn put_download(&self, place: TransferPlace, download: Download) -> Result<String, TransferError>;
}
