//! The real program, at a Runtime API of its own.

use std::{path::PathBuf, process::ExitStatus};

use tokio::{runtime::Handle, time::Instant};

use super::{ApiGateway, Client, Instance, RuntimeApi, packaged};

/// A function that runs until it is dropped.
pub struct Bootstrap {
    pub api: RuntimeApi,
    pub spawned_at: Instant,
    instance: Instance,
}

impl Bootstrap {
    /// Starts it with `variables` and what Lambda sets by itself.
    pub async fn start(variables: &[(&str, &str)]) -> Self {
        let api = RuntimeApi::start(&Handle::current());
        let spawned_at = Instant::now();
        let instance = Instance::start(&program(), api.address, variables.iter().copied());
        Self { api, spawned_at, instance }
    }

    /// A client of the gateway before it.
    pub fn client(&self, gateway: ApiGateway) -> Client {
        Client::new(self.api.clone(), gateway)
    }

    /// Waits until it ends by itself.
    pub fn ended(&mut self) -> ExitStatus {
        self.instance.ended()
    }

    /// What it logged so far.
    pub fn log(&mut self) -> String {
        self.instance.log()
    }
}

/// The program under test, or the one that is going to be deployed.
fn program() -> PathBuf {
    packaged().unwrap_or_else(|| env!("CARGO_BIN_EXE_bootstrap").into())
}
