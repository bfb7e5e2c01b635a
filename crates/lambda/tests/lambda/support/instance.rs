//! One process of the program, as Lambda starts it.

use std::{
    ffi::OsStr,
    fs::File,
    io::{Read, Seek},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
};

/// A process that ends when it is dropped.
pub struct Instance {
    process: Child,
    log: File,
}

impl Instance {
    /// Starts `program` at `runtime_api` with `variables` and what Lambda sets by itself, and nothing of ours.
    pub fn start<N, V>(
        program: &Path,
        runtime_api: SocketAddr,
        variables: impl IntoIterator<Item = (N, V)>,
    ) -> Self
    where
        N: AsRef<OsStr>,
        V: AsRef<OsStr>,
    {
        let log = tempfile::tempfile().expect("a file");
        let process = Command::new(program)
            .env_clear()
            .envs([
                ("AWS_LAMBDA_RUNTIME_API", runtime_api.to_string().as_str()),
                ("AWS_LAMBDA_FUNCTION_NAME", "test"),
                ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
                ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
                ("AWS_REGION", "eu-central-1"),
                ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
                ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
                ("AWS_SESSION_TOKEN", "a-session-token"),
            ])
            .envs(variables)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log.try_clone().expect("a second handle"))
            .spawn();
        let process = process.unwrap_or_else(|error| panic!("{} does not start: {error}", program.display()));
        Self { process, log }
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

impl Drop for Instance {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The program that is going to be deployed, where `VIBESHEETS_TEST_BOOTSTRAP` names it.
pub fn packaged() -> Option<PathBuf> {
    let named = std::env::vars_os().find(|(name, _)| name == "VIBESHEETS_TEST_BOOTSTRAP");
    named.map(|(_, path)| path.into())
}
