//! What went wrong in a request, by what it means for the request.

use std::error::Error;

use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
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
    let reason = format!("{}", DisplayErrorContext(&error));
    match error {
        SdkError::ConstructionFailure(_) => Failed::Told(StoreError::Internal(reason)),
        SdkError::ServiceError(_) => told(&code, status, &message, reason),
        // A time-out, a broken connection, half an answer.
        _ => Failed::Unknown(reason),
    }
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
