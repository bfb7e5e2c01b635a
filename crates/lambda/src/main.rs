//! `bootstrap`: what AWS Lambda starts. It polls for events as soon as it has read its configuration, and makes the rest
//! when the first one comes.

mod log;

use std::{ffi::OsString, process::ExitCode, sync::Arc};

use axum::http::{Method, header::HeaderName};
use lambda_runtime::{Error, LambdaEvent, Runtime, layers::TracingLayer, service_fn};
use lambda_runtime_api_client::{PooledClient, body::Body, build_request};
use serde_json::{json, value::RawValue};
use vibesheets_lambda::{Config, Program, handle};

/// Where a runtime tells Lambda that it cannot begin.
const INIT_ERROR: &str = "/2018-06-01/runtime/init/error";
const ERROR_TYPE: HeaderName = HeaderName::from_static("lambda-runtime-function-error-type");
const INVALID_CONFIGURATION: &str = "Runtime.InvalidConfiguration";

fn main() -> ExitCode {
    log::begin();
    // Lambda gives one event at a time and mostly less than one processor: more threads would only take time to start.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let outcome = runtime.map_err(Error::from).and_then(|runtime| runtime.block_on(run()));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Error> {
    let variables: Vec<(OsString, OsString)> = std::env::vars_os().collect();
    if !variables.iter().any(|(name, _)| name == "AWS_LAMBDA_RUNTIME_API") {
        return Err("this is started by AWS Lambda; on a machine of your own, use `vibesheets serve`".into());
    }
    let config = match Config::load(variables) {
        Ok(config) => config,
        Err(error) => {
            report(&error.to_string()).await?;
            return Err(error.into());
        }
    };
    let program = Arc::new(Program::new(config));
    let answer = service_fn(move |event: LambdaEvent<Box<RawValue>>| {
        let program = Arc::clone(&program);
        async move { handle(&program, event).await }
    });
    Runtime::new(answer).layer(TracingLayer::new()).run().await
}

/// Tells Lambda, which shows it to whoever deploys or calls the function.
async fn report(problem: &str) -> Result<(), Error> {
    let body = json!({ "errorMessage": problem, "errorType": INVALID_CONFIGURATION, "stackTrace": [] });
    let request = build_request()
        .method(Method::POST)
        .uri(INIT_ERROR)
        .header(ERROR_TYPE, INVALID_CONFIGURATION)
        .body(Body::from(body.to_string()))?;
    PooledClient::builder().build().call(request).await.map(drop)
}
