//! The real binary, started on a folder of its own.

use std::{
    ffi::OsStr,
    fs::File,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use vibesheets_api::{
    ApiSettings, Environment, InvalidPublicUrl, PublicUrl, Secret, SignUpMode, auth::Tokens,
};

use crate::{
    http::{Connection, request},
    stopwatch::Stopwatch,
};

/// Signs the tokens of the benchmark; 64 hexadecimal digits in the configuration.
pub const SESSION_KEY: [u8; 32] = [0x42; 32];

/// A running server; killed when dropped.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From its start to its first healthy answer.
    pub start_up: Duration,
}

impl Server {
    /// Starts `binary` on the database at `path` and waits for its first healthy answer.
    pub async fn start(binary: &Path, database: &Path) -> std::io::Result<Self> {
        let address = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))?.local_addr()?;
        Self::start_at(address, binary, database, &[]).await
    }

    /// Starts it anew at the same address, since tokens name it, with a mirror at `folder`.
    pub async fn again_with_mirror(
        self,
        binary: &Path,
        database: &Path,
        folder: &Path,
    ) -> std::io::Result<Self> {
        let address = self.address;
        drop(self);
        std::fs::create_dir(folder)?;
        Self::start_at(address, binary, database, &["--mirror".as_ref(), folder.as_os_str()]).await
    }

    async fn start_at(
        address: SocketAddr,
        binary: &Path,
        database: &Path,
        arguments: &[&OsStr],
    ) -> std::io::Result<Self> {
        let watch = Stopwatch::start();
        let child = Command::new(binary)
            .arg("serve")
            .args(arguments)
            .env("VIBESHEETS_LISTEN", address.to_string())
            .env("VIBESHEETS_PUBLIC_URL", format!("http://{address}"))
            .env("VIBESHEETS_STORE", format!("sqlite:{}", database.display()))
            .env("VIBESHEETS_SESSION_KEY", "42".repeat(32))
            .stdout(Stdio::null())
            .stderr(File::create(database.with_extension("log"))?)
            .spawn()?;
        let mut server = Self { child, address, start_up: Duration::ZERO };
        server.start_up = server.first_healthy_answer(watch).await?;
        Ok(server)
    }

    async fn first_healthy_answer(&mut self, watch: Stopwatch) -> std::io::Result<Duration> {
        let health = request("GET", "/health", None, None);
        // A new mirror begins with a copy of everything.
        while watch.elapsed() < Duration::from_secs(180) {
            if let Some(status) = self.child.try_wait()? {
                return Err(std::io::Error::other(format!("the server ended: {status}")));
            }
            if let Ok(mut connection) = Connection::open(self.address).await
                && connection.exchange(&health).await.is_ok_and(|answer| answer.status == 200)
            {
                return Ok(watch.elapsed());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Err(std::io::Error::other("no healthy answer within 180 s"))
    }

    /// Memory held now and the most held since the start or [`Self::forget_peak`], in MiB.
    pub fn memory_mebibytes(&self) -> std::io::Result<(u64, u64)> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let kibibytes = |key: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(key));
            line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0)
        };
        Ok((kibibytes("VmRSS:") / 1024, kibibytes("VmHWM:") / 1024))
    }

    /// Makes the memory held now the most ever held (proc(5), `clear_refs`): what came before is another row's.
    pub fn forget_peak(&self) -> std::io::Result<()> {
        std::fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing is asked of a server whose benchmark is over.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Signs tokens as the server at `address` does.
pub fn tokens(address: SocketAddr) -> Result<Tokens, InvalidPublicUrl> {
    Ok(Tokens::new(&ApiSettings {
        environment: Environment::Development,
        public_url: format!("http://{address}").parse::<PublicUrl>()?,
        sign_up: SignUpMode::Invite,
        setup_code: None,
        secret: Secret(SESSION_KEY),
        demo: None,
        version: String::new(),
    }))
}

/// The release binary, which `make bench` builds first.
pub fn binary() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/release/vibesheets")
}
