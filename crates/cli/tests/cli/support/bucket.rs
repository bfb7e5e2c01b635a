//! A bucket: `moto_server` (PyPI `moto[server]`), where it is installed, behind a gate that can be shut.

use std::{
    io::{BufRead, BufReader, Write, copy},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use super::http::{agent, send};

/// Its name.
const BUCKET: &str = "times";

/// A bucket that is gone when this is dropped.
pub struct Bucket {
    process: Child,
    gate: Gate,
}

impl Bucket {
    /// `None`, told loudly with what is not proven then, where there is no `moto_server`.
    pub fn start(what: &str) -> Option<Self> {
        let mut command = Command::new("moto_server");
        command.args(["-H", "127.0.0.1", "-p", "0"]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut process = match command.spawn() {
            Ok(process) => process,
            Err(error) => {
                let _ = writeln!(
                    std::io::stderr(),
                    "SKIPPED: {what}, since there is no moto_server here: {error} (pip install 'moto[server]')"
                );
                return None;
            }
        };
        let mut lines = BufReader::new(process.stderr.take().expect("piped")).lines();
        let address = lines.find_map(|line| {
            let line = line.expect("text");
            let url = line.split_whitespace().find_map(|word| word.strip_prefix("http://"))?;
            url.trim_end_matches('/').parse::<SocketAddr>().ok()
        });
        // It logs each request, and would wait for somebody to read that.
        thread::spawn(move || lines.for_each(drop));
        let gate = Gate::before(address.expect("moto_server says where it listens"));
        let bucket = Self { process, gate };
        let made = send(&agent(), "PUT", &format!("{}/{BUCKET}", bucket.endpoint()), &[], None);
        assert_eq!(made.expect("an answer").status, 200, "the bucket is made");
        Some(bucket)
    }

    fn endpoint(&self) -> String {
        format!("http://{}", self.gate.address)
    }

    /// What names `prefix` in it.
    pub fn place(&self, prefix: &str) -> String {
        format!("s3://{BUCKET}/{prefix}")
    }

    /// What programs that use it must be told.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("AWS_ENDPOINT", self.endpoint()),
            ("AWS_ALLOW_HTTP", "true".to_owned()),
            ("AWS_REGION", "us-east-1".to_owned()),
            ("AWS_ACCESS_KEY_ID", "test".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
        ]
    }

    /// Takes it away: whoever asks it is cut off.
    pub fn goes_away(&self) {
        self.gate.shut.store(true, Ordering::SeqCst);
        self.gate.cut_off();
    }

    /// Has it answer nobody any more, without a word.
    pub fn hangs(&self) {
        self.gate.hangs.store(true, Ordering::SeqCst);
        self.gate.cut_off();
    }

    /// Gives it back, with all that it held.
    pub fn comes_back(&self) {
        self.gate.shut.store(false, Ordering::SeqCst);
        self.gate.hangs.store(false, Ordering::SeqCst);
        self.gate.cut_off();
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Passes connections on while it is open.
struct Gate {
    address: SocketAddr,
    shut: Arc<AtomicBool>,
    hangs: Arc<AtomicBool>,
    passing: Arc<Mutex<Vec<TcpStream>>>,
}

impl Gate {
    fn before(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let gate = Self {
            address: listener.local_addr().expect("bound"),
            shut: Arc::default(),
            hangs: Arc::default(),
            passing: Arc::default(),
        };
        let [shut, hangs] = [&gate.shut, &gate.hangs].map(Arc::clone);
        let passing = Arc::clone(&gate.passing);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let mut passing = passing.lock().unwrap_or_else(PoisonError::into_inner);
                if shut.load(Ordering::SeqCst) {
                    continue;
                }
                if hangs.load(Ordering::SeqCst) {
                    passing.push(client);
                    continue;
                }
                // The tests end with their server: what cannot be reached then is nobody's loss.
                let Ok(server) = TcpStream::connect(target) else { continue };
                for stream in [&client, &server] {
                    passing.push(stream.try_clone().expect("cloned"));
                }
                pass(&client, &server);
                pass(&server, &client);
            }
        });
        gate
    }

    fn cut_off(&self) {
        let mut passing = self.passing.lock().unwrap_or_else(PoisonError::into_inner);
        for stream in passing.drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

/// Copies all that comes from one side to the other, until one of them ends.
fn pass(from: &TcpStream, to: &TcpStream) {
    let (mut from, mut to) = (from.try_clone().expect("cloned"), to.try_clone().expect("cloned"));
    thread::spawn(move || {
        let _ = copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Write);
    });
}
