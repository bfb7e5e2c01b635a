//! Through the program: processes of `bootstrap` at a Runtime API of their own, over DynamoDB.

use std::{
    convert::Infallible,
    ffi::OsString,
    path::PathBuf,
    sync::{Arc, Mutex, OnceLock},
    thread,
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    http::{Request, Response},
};
use tokio::{
    runtime::{Builder, Runtime},
    time::timeout,
};
use tower::service_fn;
use vibesheets_api::{ApiSettings, Environment, SignUpMode};

use super::{
    InProcess,
    api_gateway::ApiGateway,
    events::event,
    instance::{Instance, packaged},
    runtime_api::{Outcome, RuntimeApi},
    wall_clock::WallClock,
};
use crate::support::{server::checkpoint_key, sources::TestTime};

const GATEWAY: ApiGateway = ApiGateway::Http;
/// Lambda starts an instance for each request that finds none idle; a laptop has fewer processors.
const MOST_INSTANCES: usize = 4;
/// After which a program that ended, or that waits for something, is no longer waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// What configures the program as `settings` say.
///
/// # Errors
/// What it cannot be told.
pub fn variables(settings: &ApiSettings, store: &str) -> Result<Vec<(OsString, OsString)>, InProcess> {
    if settings.setup_code.is_some() {
        return Err("a set-up code of its choice, where the program makes one of the key");
    }
    if settings.demo.is_some() {
        return Err("a demo, which only `vibesheets serve` has");
    }
    let environment = match settings.environment {
        Environment::Development => "development",
        Environment::Staging => "staging",
        Environment::Production => "production",
    };
    let sign_up = match settings.sign_up {
        SignUpMode::Invite => "invite",
        SignUpMode::Open => "open",
    };
    let key: String = settings.secret.0.iter().map(|byte| format!("{byte:02x}")).collect();
    let checkpoint_key = checkpoint_key().to_text();
    let variables = [
        ("VIBESHEETS_CHECKPOINT_KEY", checkpoint_key.as_str()),
        ("VIBESHEETS_ENV", environment),
        ("VIBESHEETS_PUBLIC_URL", settings.public_url.origin()),
        ("VIBESHEETS_SESSION_KEY", &key),
        ("VIBESHEETS_SIGNUP", sign_up),
        ("VIBESHEETS_STORE", store),
    ];
    Ok(variables.map(|(name, value)| (name.into(), value.into())).into())
}

/// The way to a program with `variables`, whose time is `time`; it ends when this is dropped.
pub fn router(mut variables: Vec<(OsString, OsString)>, time: &Arc<TestTime>) -> Router {
    let clock = WallClock::new();
    variables.extend(clock.variables());
    time.show(clock);
    let function = Function {
        api: RuntimeApi::start(runtime().handle()),
        variables,
        running: Mutex::default(),
        time: Arc::clone(time),
    };
    let function = Arc::new(function);
    Router::new().fallback_service(service_fn(move |request| Arc::clone(&function).answer(request)))
}

struct Function {
    api: RuntimeApi,
    variables: Vec<(OsString, OsString)>,
    running: Mutex<Running>,
    /// Its instances read what it shows.
    #[expect(dead_code, reason = "kept for as long as they do")]
    time: Arc<TestTime>,
}

#[derive(Default)]
struct Running {
    instances: Vec<Instance>,
    requests: usize,
    asked: usize,
}

impl Function {
    async fn answer(self: Arc<Self>, request: Request<Body>) -> Result<Response<Body>, Infallible> {
        let event = event(GATEWAY, request).await;
        let id = self.begin();
        let outcome = timeout(PATIENCE, self.api.invoke(&id, &event)).await;
        self.running.lock().expect("not poisoned").requests -= 1;
        match outcome {
            Ok(Outcome::Answered(answer)) => Ok(GATEWAY.response(&answer)),
            Ok(Outcome::Failed(words)) => panic!("the invocation failed: {words}"),
            Err(_) => panic!("the program did not answer within {PATIENCE:?}"),
        }
    }

    /// Sees to an instance for one more request, and names that.
    fn begin(&self) -> String {
        let mut running = self.running.lock().expect("not poisoned");
        running.requests += 1;
        running.asked += 1;
        if running.instances.len() < running.requests.min(MOST_INSTANCES) {
            let variables = self.variables.iter().map(|(name, value)| (name, value));
            running.instances.push(Instance::start(bootstrap(), self.api.address, variables));
        }
        format!("invocation-{}", running.asked)
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        if thread::panicking()
            && let Ok(running) = self.running.get_mut()
        {
            running.instances.iter_mut().for_each(|instance| eprintln!("{}", instance.log()));
        }
    }
}

/// Where Runtime APIs are served: tests have runtimes that end with them, and some make servers outside of one.
fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime")
    })
}

/// The program that is going to be deployed, or the one that was built beside these tests.
fn bootstrap() -> &'static PathBuf {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        packaged().unwrap_or_else(|| {
            let tests = std::env::current_exe().expect("a path");
            let folder = tests.parent().and_then(|folder| folder.parent()).expect("target/debug");
            folder.join("bootstrap")
        })
    })
}
