//! The web app as bytes: every file that `make web` left in `web/build`, found by its path.
//!
//! The server that answers with these bytes chooses the encoding and writes the headers; this crate only knows
//! the files. Where the web app was not built (a development build says so), nothing is found.

mod content_type;

pub use content_type::content_type_of;

use std::borrow::Cow;

use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "build"]
#[allow_missing = true]
struct Build;

/// Where SvelteKit puts the files whose names carry a hash of their content.
const IMMUTABLE_PREFIX: &str = "_app/immutable/";

/// One file of the web app with the forms it can be sent in.
#[derive(Debug, Clone)]
pub struct Asset {
    /// The media type for `Content-Type`, with the charset where it is text.
    pub content_type: &'static str,
    /// Whether the path names this content for ever, so that it may be cached for a year.
    pub immutable: bool,
    /// The bytes as they are.
    pub identity: Representation,
    /// The bytes for `Content-Encoding: br`, where compression was worth it.
    pub brotli: Option<Representation>,
    /// The bytes for `Content-Encoding: gzip`, where compression was worth it.
    pub gzip: Option<Representation>,
}

/// The bytes of one encoding of a file.
#[derive(Debug, Clone)]
pub struct Representation {
    /// What goes into the body.
    pub bytes: Cow<'static, [u8]>,
    /// A strong entity tag with its quotes; encodings of one file have different ones.
    pub etag: String,
}

/// The file at `path`, with or without a leading slash; `None` where the web app has no such file.
///
/// The compressed twins (`app.js.br`, `app.js.gz`) are part of their file and not found by their own names.
#[must_use]
pub fn find(path: &str) -> Option<Asset> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let content_type = content_type_of(path)?;
    Some(Asset {
        content_type,
        immutable: path.starts_with(IMMUTABLE_PREFIX),
        identity: representation(path)?,
        brotli: representation(&format!("{path}.br")),
        gzip: representation(&format!("{path}.gz")),
    })
}

/// The page that answers every path which is neither a file nor the API's: the app's router takes it from there.
#[must_use]
pub fn fallback() -> Option<Asset> {
    find("index.html")
}

/// The paths of all files, without their compressed twins.
pub fn paths() -> impl Iterator<Item = Cow<'static, str>> {
    Build::iter().filter(|path| content_type_of(path).is_some())
}

fn representation(path: &str) -> Option<Representation> {
    let EmbeddedFile { data, metadata } = Build::get(path)?;
    Some(Representation { bytes: data, etag: etag(&metadata.sha256_hash()) })
}

/// Sixteen bytes of the hash are plenty to tell two builds apart.
fn etag(hash: &[u8; 32]) -> String {
    let hex: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}

#[cfg(test)]
mod tests;
