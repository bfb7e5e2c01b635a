//! The same stories along other ways to the router than a call: with `VIBESHEETS_STORIES_THROUGH=http-api` or `rest-api`
//! through the events of AWS Lambda, with `bootstrap` through the program that Lambda starts.

#[path = "../../../../../lambda/tests/lambda/support/api_gateway.rs"]
mod api_gateway;
mod events;
#[path = "../../../../../lambda/tests/lambda/support/instance.rs"]
#[expect(dead_code, reason = "stories wait for no program to end")]
mod instance;
mod program;
#[path = "../../../../../lambda/tests/lambda/support/runtime_api.rs"]
#[expect(dead_code, reason = "stories wait for answers only")]
mod runtime_api;
mod told;
mod wall_clock;

use std::sync::Arc;

use axum::Router;
use vibesheets_api::{ApiSettings, SetupCode};

use super::sources::TestTime;
use api_gateway::ApiGateway;

pub use wall_clock::WallClock;

/// A way to the router.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A call.
    Direct,
    /// Each request becomes an event of API Gateway, and each answer comes back out of one.
    Events(ApiGateway),
    /// As events, and a spawned `bootstrap` over DynamoDB answers them.
    Program,
}

/// Why a server is not behind the program.
pub type InProcess = &'static str;

impl Way {
    /// The one that the environment asks for.
    pub fn asked() -> Self {
        let asked = std::env::vars().find(|(name, _)| name == "VIBESHEETS_STORIES_THROUGH");
        match asked.as_ref().map(|(_, way)| way.as_str()) {
            None | Some("") => Self::Direct,
            Some("http-api") => Self::Events(ApiGateway::Http),
            Some("rest-api") => Self::Events(ApiGateway::Rest),
            Some("bootstrap") => Self::Program,
            Some(other) => {
                panic!("VIBESHEETS_STORIES_THROUGH must be http-api, rest-api or bootstrap, not {other}")
            }
        }
    }

    /// What the first sign-up at a server with `settings` has to give.
    pub fn setup_code(self, settings: &ApiSettings) -> Option<SetupCode> {
        match self {
            Self::Program => Some(SetupCode::of(&settings.secret)),
            _ => settings.setup_code.clone(),
        }
    }

    /// To a router of this process; `why` it is no other's.
    pub fn in_process(self, router: Router, why: InProcess) -> Router {
        match self {
            Self::Direct => router,
            Self::Events(gateway) => events::carried(gateway, router),
            Self::Program => {
                told::in_process(why);
                router
            }
        }
    }

    /// To the router of a server with `settings` over the tables at `store`, whose time is `time`; where it may be this
    /// process's, `router`.
    pub fn to(self, router: Router, settings: &ApiSettings, store: &str, time: &Arc<TestTime>) -> Router {
        if self != Self::Program {
            return self.in_process(router, "");
        }
        match program::variables(settings, store) {
            Ok(variables) => {
                told::through_the_program();
                program::router(variables, time)
            }
            Err(why) => self.in_process(router, why),
        }
    }
}
