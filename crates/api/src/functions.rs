//! Which endpoints belong together: each function can be mounted alone, as one Lambda function. A test holds that
//! each operation is in exactly one.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{ApiState, routes};

/// Endpoints that are mounted together.
pub struct Function {
    /// The name of the Lambda function.
    pub name: &'static str,
    /// Whether they watch their own progress instead of ending after ten seconds.
    pub watches_own_progress: bool,
    /// The endpoints and their documentation, without a mount.
    pub router: OpenApiRouter<ApiState>,
}

impl Function {
    fn new(name: &'static str, router: OpenApiRouter<ApiState>) -> Self {
        Self { name, watches_own_progress: false, router }
    }
}

/// Every function.
pub fn functions() -> Vec<Function> {
    vec![health()]
}

fn health() -> Function {
    let router = OpenApiRouter::default()
        .routes(routes!(routes::health::show::show))
        .routes(routes!(routes::health::live::live))
        .routes(routes!(routes::health::ready::ready));
    Function::new("health", router)
}
