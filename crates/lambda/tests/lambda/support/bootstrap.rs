//! The real program, at a Runtime API of its own.

use std::{
    fs::File,
    io::{Read, Seek},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
};

use tokio::time::Instant;

use super::{ApiGateway, Client, RuntimeApi};

/// A function that runs until it is dropped.
pub struct Bootstrap {
    pub api: RuntimeApi,
    pub spawned_at: Instant,
    process: Child,
    log: File,
}

impl Bootstrap {
    /// Starts it with `variables` and what Lambda sets by itself.
    pub async fn start(variables: &[(&str, &str)]) -> Self {
        let api = RuntimeApi::start().await;
        let log = tempfile::tempfile().expect("a file");
        let mut command = Command::new(program());
        command
            .env_clear()
            .envs([
                ("AWS_LAMBDA_RUNTIME_API", api.address.to_string().as_str()),
                ("AWS_LAMBDA_FUNCTION_NAME", "test"),
                ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
                ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
                ("AWS_REGION", "eu-central-1"),
                ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
                ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
                ("AWS_SESSION_TOKEN", "a-session-token"),
            ])
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log.try_clone().expect("a second handle"));
        let spawned_at = Instant::now();
        let process = command.spawn().expect("it starts");
        Self { api, spawned_at, process, log }
    }

    /// A client of the gateway before it.
    pub fn client(&self, gateway: ApiGateway) -> Client {
        Client::new(self.api.clone(), gateway)
    }

    /// Waits until it ends by itself.
    pub fn ended(&mut self) -> ExitStatus {
        self.process.wait().expect("it ends")
    }

    /// What it logged so far.
    pub fn log(&mut self) -> String {
        let mut text = String::new();
        self.log.rewind().expect("a file");
        self.log.read_to_string(&mut text).expect("text");
        text
    }
}

impl Drop for Bootstrap {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The program under test, or the one that is going to be deployed where `VIBESHEETS_TEST_BOOTSTRAP` names it.
fn program() -> PathBuf {
    packaged().unwrap_or_else(|| env!("CARGO_BIN_EXE_bootstrap").into())
}

/// The one that is going to be deployed.
pub fn packaged() -> Option<PathBuf> {
    let named = std::env::vars_os().find(|(name, _)| name == "VIBESHEETS_TEST_BOOTSTRAP");
    named.map(|(_, path)| path.into())
}
