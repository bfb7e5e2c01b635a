//! A local AWS beside the tests: `moto_server` (PyPI `moto[server]`), where it is installed.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    thread,
};

/// A local AWS that ends when it is dropped.
pub struct MotoServer {
    /// Its address, such as `http://127.0.0.1:5000`.
    pub endpoint: String,
    process: Child,
}

impl MotoServer {
    /// With nothing in it; `None` where there is none on this machine, and says that `what` went unchecked.
    ///
    /// # Panics
    /// Where it does not start.
    pub fn start(what: &str) -> Option<Self> {
        let process = Command::new("moto_server")
            .args(["-H", "127.0.0.1", "-p", "0"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn();
        let mut process = match process {
            Ok(process) => process,
            Err(error) => {
                eprintln!(
                    "SKIPPED: no moto_server here ({error}), so {what} went unchecked (pip install 'moto[server]')"
                );
                return None;
            }
        };
        let mut lines = BufReader::new(process.stderr.take().expect("piped")).lines();
        let endpoint = lines.find_map(|line| {
            let line = line.expect("text");
            line.split_whitespace().find(|word| word.starts_with("http://127")).map(str::to_owned)
        });
        // It logs each request, and would wait for somebody to read that.
        thread::spawn(move || lines.for_each(drop));
        Some(Self { endpoint: endpoint.expect("moto_server says where it listens"), process })
    }
}

impl Drop for MotoServer {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
