//! Several servers that share one store, behind a balancer.

use std::{
    io,
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use tempfile::TempDir;
use vibesheets_store_contract::support::dynamodb_endpoint;

use super::{
    command::{run, vibesheets},
    server::Server,
};

/// Servers on one DynamoDB; each has a folder of its own and nothing else of its own.
pub struct Cluster {
    /// In the order of their start; `None` once killed.
    pub servers: Vec<Option<Server>>,
    /// Where the balancer answers.
    pub url: String,
    /// The store's name.
    pub store: String,
    folders: Vec<TempDir>,
}

impl Cluster {
    /// Makes the tables and starts so many servers.
    pub fn start(size: usize) -> Self {
        Self::start_with(size, &[])
    }

    /// The same with more arguments.
    pub fn start_with(size: usize, arguments: &[&str]) -> Self {
        static CLUSTERS: AtomicUsize = AtomicUsize::new(0);
        let number = CLUSTERS.fetch_add(1, Ordering::Relaxed);
        let process = std::process::id();
        let store = format!("dynamodb:cluster{process}-{number}-?endpoint={}", dynamodb_endpoint());
        let folders: Vec<TempDir> = (0..size).map(|_| tempfile::tempdir().expect("a folder")).collect();
        let made = run(folders[0].path(), &["migrate", "--store", &store]);
        assert!(made.contains("time_entries") && made.ends_with("exit code 0\n"), "{made}");
        let servers: Vec<Option<Server>> = folders
            .iter()
            .map(|folder| {
                let key = "ab".repeat(32);
                std::fs::write(folder.path().join("vibesheets.toml"), format!("session_key = \"{key}\"\n"))
                    .expect("written");
                Some(Server::start_with(folder.path(), &[&["--store", &store], arguments].concat()))
            })
            .collect();
        let addresses = servers.iter().flatten().map(|server| address(&server.url)).collect();
        Self { url: balance(addresses), servers, store, folders }
    }

    /// Ends a server in the middle of whatever it does.
    pub fn kill(&mut self, number: usize) {
        self.servers[number].take().expect("still there").kill();
    }

    /// What `vibesheets verify` says of the store, as JSON.
    pub fn verified(&self) -> serde_json::Value {
        let output = vibesheets(self.folders[0].path(), &["verify", "--json", "--store", &self.store])
            .output()
            .expect("it runs");
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(0), "{told}{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_str(&told).expect("JSON")
    }
}

fn address(url: &str) -> SocketAddr {
    url.trim_start_matches("http://").parse().expect("an address")
}

/// Passes each connection to the next server that takes it, in turn.
fn balance(servers: Vec<SocketAddr>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let servers = Arc::new(servers);
    thread::spawn(move || {
        for (number, client) in listener.incoming().flatten().enumerate() {
            let servers = Arc::clone(&servers);
            thread::spawn(move || {
                let turns = (0..servers.len()).map(|turn| servers[(number + turn) % servers.len()]);
                if let Some(server) = turns.into_iter().find_map(|server| TcpStream::connect(server).ok()) {
                    pass(client, server);
                }
            });
        }
    });
    url
}

/// Both ways, until both ends are done.
fn pass(client: TcpStream, server: TcpStream) {
    let copy = |mut from: TcpStream, mut to: TcpStream| {
        thread::spawn(move || {
            // Whoever goes away ends the connection for the other.
            let _ = io::copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Write);
        })
    };
    let (Ok(from_client), Ok(from_server)) = (client.try_clone(), server.try_clone()) else { return };
    let there = copy(from_client, server);
    let back = copy(from_server, client);
    let _ = (there.join(), back.join());
}
