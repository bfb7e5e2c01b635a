//! Answers one event.

use lambda_runtime::{Error, LambdaEvent};
use serde_json::value::RawValue;
use vibesheets_api::problem::Problem;

use crate::{Program, event::EventAnswer};

/// The answer to an event. Whatever goes wrong is told in it: an invocation fails only for events that are none of
/// API Gateway, where there is nobody to tell.
///
/// # Errors
/// [`EventError::NotOurs`](crate::event::EventError::NotOurs).
pub async fn handle(program: &Program, event: LambdaEvent<Box<RawValue>>) -> Result<EventAnswer, Error> {
    let (json, invocation) = (event.payload.get(), event.context.request_id.as_str());
    let gateway = program.gateway();
    let answer = match program.router().await {
        Ok(router) => gateway.answer(json, invocation, router).await,
        Err(error) => gateway.refuse_event(json, invocation, &Problem::unavailable(error)),
    };
    Ok(answer?)
}
