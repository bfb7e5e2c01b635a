//! A running server.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use super::command::vibesheets;

/// A running server; killed when it is dropped.
pub struct Server {
    child: Child,
    log: PathBuf,
    /// Where it answers.
    pub url: String,
    /// What the first sign-up needs, where it told one.
    pub setup_code: Option<String>,
}

impl Server {
    /// Starts one on the database in `folder` and waits until it says that it answers.
    pub fn start(folder: &Path) -> Self {
        Self::start_with(folder, &[])
    }

    /// The same with more arguments.
    pub fn start_with(folder: &Path, arguments: &[&str]) -> Self {
        Self::start_with_environment(folder, arguments, &[])
    }

    /// The same with an environment.
    pub fn start_with_environment(folder: &Path, arguments: &[&str], environment: &[(&str, String)]) -> Self {
        let log = File::options().create(true).append(true).open(log_in(folder)).expect("a log");
        Self::start_logging_to(folder, arguments, environment, log.into())
    }

    /// Starts one whose log goes into a pipe that nobody reads from any more.
    pub fn start_unheard(folder: &Path) -> Self {
        let mut server = Self::start_logging_to(folder, &[], &[], Stdio::piped());
        drop(server.child.stderr.take().expect("piped"));
        server
    }

    fn start_logging_to(
        folder: &Path,
        arguments: &[&str],
        environment: &[(&str, String)],
        stderr: Stdio,
    ) -> Self {
        let store = format!("sqlite:{}", folder.join("vibesheets.db").display());
        let log = log_in(folder);
        let mut all = vec!["serve", "--json"];
        if !arguments.contains(&"--store") {
            all.extend(["--store", &store]);
        }
        if !arguments.contains(&"--listen") {
            all.extend(["--listen", "127.0.0.1:0"]);
        }
        // Tokens name it: with one that follows the port, a restart would sign everyone out.
        if !arguments.contains(&"--public-url") {
            all.extend(["--public-url", "http://localhost:3000"]);
        }
        all.extend(arguments);
        let mut command = vibesheets(folder, &all);
        command.envs(environment.iter().map(|(name, value)| (name, value)));
        let mut child = command.stdout(Stdio::piped()).stderr(stderr).spawn().expect("the binary runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
        let ready: serde_json::Value = serde_json::from_str(&line).unwrap_or_else(|_| {
            panic!("the server did not start: {}", fs::read_to_string(&log).unwrap_or_default())
        });
        let address = ready["address"].as_str().expect("an address");
        let url = format!("http://{}", address.replace("0.0.0.0", "127.0.0.1"));
        let setup_code = ready["setup_code"].as_str().map(str::to_owned);
        Self { url, setup_code, child, log }
    }

    /// Ends it in the middle of whatever it does.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }

    /// Asks it to end, and waits until it did.
    pub fn stop(mut self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill runs").success());
        let status = self.child.wait().expect("gone");
        assert!(status.success(), "{status}: {}", fs::read_to_string(&self.log).unwrap_or_default());
    }
}

fn log_in(folder: &Path) -> PathBuf {
    folder.join("server.log")
}

impl Drop for Server {
    fn drop(&mut self) {
        // Gone already where it was stopped or killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
