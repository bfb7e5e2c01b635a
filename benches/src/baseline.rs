//! What ours is held against in the same run: an axum server that only says hello, and a SQLite insert loop that only
//! inserts.

use std::{net::SocketAddr, path::Path, time::Duration};

use axum::{Router, routing::get};
use rusqlite::Connection;

use crate::{
    http::{Load, load, request},
    stopwatch::Stopwatch,
};

/// The answer of a bare axum server under the same load as ours.
pub async fn hello(clients: usize, duration: Duration) -> std::io::Result<Load> {
    let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
    let address = listener.local_addr()?;
    let router: Router = Router::new().route("/", get(async || "hello"));
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let plans = vec![vec![request("GET", "/", None, None)]; clients];
    let load = load(address, plans, duration).await;
    server.abort();
    load
}

/// Durable inserts a second of one thread: an entry and a journal row an event, one commit an event.
pub fn inserts_per_second(folder: &Path, duration: Duration) -> rusqlite::Result<f64> {
    let connection = Connection::open(folder.join("baseline.db"))?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE entry (id INTEGER PRIMARY KEY, member INTEGER, start INTEGER, body TEXT) STRICT;
         CREATE TABLE journal (seq INTEGER PRIMARY KEY, hash BLOB, payload BLOB) STRICT;",
    )?;
    let mut entry = connection.prepare("INSERT INTO entry (member, start, body) VALUES (?1, ?2, ?3)")?;
    let mut journal = connection.prepare("INSERT INTO journal (hash, payload) VALUES (?1, ?2)")?;
    let (hash, payload, body) = ([7_u8; 32], [7_u8; 500], "x".repeat(200));
    let watch = Stopwatch::start();
    let mut events = 0_u32;
    while watch.elapsed() < duration {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        entry.execute((events % 50, events, &body))?;
        journal.execute((hash, payload))?;
        connection.execute_batch("COMMIT")?;
        events += 1;
    }
    Ok(f64::from(events) / watch.elapsed().as_secs_f64())
}
