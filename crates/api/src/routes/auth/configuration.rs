//! How people sign in here.

use axum::{extract::State, response::Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{ApiState, SignUpMode, answer, problem::Problem};

/// How people sign in here.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuthConfiguration {
    provider: Provider,
    /// The sign-in service's issuer.
    #[schema(required)]
    issuer: Option<String>,
    /// The sign-in service's domain.
    #[schema(required)]
    domain: Option<String>,
    /// Our id at the sign-in service.
    #[schema(required)]
    client_id: Option<String>,
    /// What its tokens must be for.
    #[schema(required)]
    audience: Option<String>,
    /// What is asked of it.
    #[schema(required)]
    scope: Option<String>,
    signup: SignUp,
    /// Whether the first sign-up needs the code that the server printed when it started.
    setup_code_required: bool,
    /// Set where the server only shows a demo; null everywhere else.
    #[schema(required)]
    demo: Option<DemoSignInDto>,
}

/// How anyone may sign in to a demo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DemoSignIn)]
pub struct DemoSignInDto {
    email: String,
    password: String,
}

/// Who checks passwords.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// This server.
    Local,
}

/// Who may sign up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignUp {
    /// Nobody has yet: whoever comes first becomes the owner.
    Setup,
    /// Anyone, with an organisation of their own.
    Open,
    /// Whoever was invited.
    Invite,
}

/// How people sign in here
#[utoipa::path(
    get,
    path = "/auth",
    operation_id = "auth_configuration",
    tag = "auth",
    security(()),
    responses((status = 200, description = "Public: needs no session.", body = AuthConfiguration)),
)]
pub async fn show(State(state): State<ApiState>) -> Result<Response, Problem> {
    let demo = state.settings.demo.clone();
    let is_empty = state.store.is_empty().await?;
    let signup = match state.settings.sign_up {
        _ if is_empty => SignUp::Setup,
        SignUpMode::Open => SignUp::Open,
        SignUpMode::Invite => SignUp::Invite,
    };
    Ok(answer::json(&AuthConfiguration {
        provider: Provider::Local,
        issuer: None,
        domain: None,
        client_id: None,
        audience: None,
        scope: None,
        signup,
        setup_code_required: is_empty && state.settings.setup_code.is_some(),
        demo: demo.map(|demo| DemoSignInDto { email: demo.email, password: demo.password }),
    }))
}
