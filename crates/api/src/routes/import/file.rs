//! The file that is sent, read whole into memory and no further than it may be long.

use std::time::Duration;

use axum::{
    body::Body,
    http::{HeaderMap, header},
};
use http_body_util::{BodyExt, Limited};
use tokio::time::timeout;
use vibesheets_core::{Reason, actions::import::LARGEST_FILE};

use crate::{
    extract::has_content_type,
    problem::{Code, Problem},
};

/// The file, where it says that it is CSV and is small enough; a sender may pause for no longer than `patience`.
pub async fn read(headers: &HeaderMap, mut body: Body, patience: Duration) -> Result<Vec<u8>, Problem> {
    if !has_content_type(headers, "text/csv") {
        let detail = "Send the file as it is, with `Content-Type: text/csv`.";
        return Err(Problem::new(Code::UnsupportedMediaType, detail));
    }
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: usize| length > LARGEST_FILE) {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    loop {
        let frame = timeout(patience, body.frame()).await;
        let Some(frame) = frame.map_err(|_| Problem::unavailable("the file stopped arriving"))? else {
            return Ok(bytes);
        };
        let frame = frame.map_err(|error| {
            Problem::invalid_field("", Reason::new("broke_off", format!("The file broke off: {error}.")))
        })?;
        let Ok(data) = frame.into_data() else { continue };
        if bytes.len() + data.len() > LARGEST_FILE {
            return Err(too_large());
        }
        bytes.extend_from_slice(&data);
    }
}

/// Holds that no file was sent along, where one was left before.
pub async fn none(body: Body) -> Result<(), Problem> {
    let sent = Limited::new(body, 0).collect().await;
    sent.map(drop).map_err(|_| {
        let detail = "`upload` names a file that was left before; send none.";
        Problem::invalid_field("", Reason::new("body_not_expected", detail))
    })
}

/// A file that is larger than any that is imported.
pub fn too_large() -> Problem {
    Problem::new(
        Code::TooLarge,
        "A file may have at most 32 MiB (33,554,432 bytes); export a shorter period.",
    )
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use futures_util::stream;

    use super::*;

    fn csv() -> HeaderMap {
        HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"))])
    }

    fn chunked(bytes: usize) -> Body {
        let chunks = vec![vec![b'x'; bytes / 8]; 8];
        Body::from_stream(stream::iter(chunks.into_iter().map(Ok::<_, std::io::Error>)))
    }

    #[tokio::test]
    async fn the_largest_file_is_read_and_one_that_is_larger_is_not() {
        let patience = Duration::from_secs(30);
        let read_bytes = async |bytes| read(&csv(), chunked(bytes), patience).await;
        assert_eq!(read_bytes(LARGEST_FILE).await.expect("32 MiB").len(), LARGEST_FILE);
        assert_eq!(read_bytes(LARGEST_FILE + 8).await.expect_err("over 32 MiB").code, Code::TooLarge);
    }

    #[tokio::test]
    async fn an_announced_length_is_refused_before_anything_is_read() {
        let mut headers = csv();
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(LARGEST_FILE + 1));
        let never = Body::from_stream(stream::pending::<Result<Vec<u8>, std::io::Error>>());
        let problem = read(&headers, never, Duration::from_secs(30)).await.expect_err("over 32 MiB");
        assert_eq!(problem.code, Code::TooLarge);
    }

    #[tokio::test(start_paused = true)]
    async fn a_sender_who_stops_sending_is_not_waited_for() {
        let stalled = Body::from_stream(stream::pending::<Result<Vec<u8>, std::io::Error>>());
        let problem = read(&csv(), stalled, Duration::from_secs(30)).await.expect_err("nothing arrives");
        assert_eq!(problem.code, Code::Unavailable);
    }
}
