//! What went wrong in a request, by what it means for the request.

use std::error::Error;

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use vibesheets_core::store::StoreError;

/// How a request failed.
#[derive(Debug)]
pub(super) enum Failed {
    /// It was not carried out; sent again it may be.
    NotNow(String),
    /// It may have been carried out: its answer is lost.
    Unknown(String),
    /// Sent again it would fail again.
    Told(StoreError),
}

pub(super) fn failed<E>(error: SdkError<E, HttpResponse>) -> Failed
where
    E: ProvideErrorMetadata + Error + Send + Sync + 'static,
{
    let code = error.code().unwrap_or_default().to_owned();
    let status = error.raw_response().map_or(0, |response| response.status().as_u16());
    let message = error.message().unwrap_or_default().to_owned();
    let reason = in_words(&error, status);
    match error {
        SdkError::ConstructionFailure(_) => Failed::Told(StoreError::Internal(reason)),
        SdkError::ServiceError(_) => told(&code, status, &message, reason),
        // A time-out, a broken connection, half an answer.
        _ => Failed::Unknown(reason),
    }
}

/// What the engine said, or why it said nothing. Reasons go into the log, and what the engine answered with is somebody's time.
fn in_words<E>(error: &SdkError<E, HttpResponse>, status: u16) -> String
where
    E: ProvideErrorMetadata + Error + Send + Sync + 'static,
{
    if let Some(code) = error.code() {
        return format!("{code}: {}", error.message().unwrap_or("without a word"));
    }
    let mut words = error.to_string();
    if status != 0 {
        words.push_str(&format!(" (HTTP status {status})"));
    }
    let mut cause = error.source();
    while let Some(error) = cause {
        words.push_str(&format!(": {error}"));
        cause = error.source();
    }
    words
}

fn told(code: &str, status: u16, message: &str, reason: String) -> Failed {
    match code {
        "ProvisionedThroughputExceededException"
        | "ThrottlingException"
        | "RequestLimitExceeded"
        | "TransactionInProgressException" => Failed::NotNow(format!("{code}: {message}")),
        "ResourceNotFoundException" => Failed::Told(StoreError::Unavailable {
            reason: format!("{message} (are the tables made? `vibesheets migrate` makes them)"),
        }),
        "ValidationException" if message.contains("size") => {
            Failed::Told(StoreError::LimitExceeded { what: message.to_owned() })
        }
        // Credentials and rights: nothing was done, and an operator has to act.
        "AccessDeniedException" | "UnrecognizedClientException" | "ExpiredTokenException" => {
            Failed::Told(StoreError::Unavailable { reason: format!("{code}: {message}") })
        }
        _ if status >= 500 => Failed::Unknown(reason),
        _ => Failed::Told(StoreError::Internal(reason)),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::{operation::get_item::GetItemError, types::error::InternalServerError};
    use aws_smithy_runtime_api::http::StatusCode;
    use aws_smithy_types::{body::SdkBody, error::ErrorMetadata};

    use super::*;

    /// An item, as the engine would answer with one.
    fn answer(status: u16) -> HttpResponse {
        let body = SdkBody::from(r#"{"Item":{"email":{"S":"ada@example.com"}}}"#);
        HttpResponse::new(StatusCode::try_from(status).expect("a status"), body)
    }

    fn reason(error: SdkError<GetItemError, HttpResponse>) -> String {
        match failed(error) {
            Failed::NotNow(reason) | Failed::Unknown(reason) => reason,
            Failed::Told(error) => error.to_string(),
        }
    }

    #[test]
    fn a_reason_has_code_and_message_or_the_causes_and_never_what_was_answered() {
        let metadata = ErrorMetadata::builder().code("InternalServerError").message("come again").build();
        let failing = InternalServerError::builder().meta(metadata).message("come again").build();
        let failing = GetItemError::InternalServerError(failing);
        assert_eq!(reason(SdkError::service_error(failing, answer(500))), "InternalServerError: come again");
        let cause = Box::<dyn Error + Send + Sync>::from("the answer ends in the middle");
        let unread = reason(SdkError::response_error(cause, answer(200)));
        assert!(unread.contains("the answer ends in the middle"), "{unread}");
        let unnamed = GetItemError::unhandled("a page of a proxy");
        let unnamed = reason(SdkError::service_error(unnamed, answer(502)));
        assert!(unnamed.contains("502"), "{unnamed}");
        for reason in [unread, unnamed] {
            assert!(!reason.contains("ada@example.com"), "{reason}");
        }
    }
}
