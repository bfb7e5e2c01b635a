//! Serves one empty DynamoDB in memory on a free loopback port, says which on standard output, and ends when standard
//! input does: with the process that started it.

use std::io::Write;

use dynoxide::Database;
use tokio::{
    io::{AsyncReadExt, stdin},
    net::TcpListener,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?.port());
    std::io::stdout().flush()?;
    let (mut input, mut said) = (stdin(), Vec::new());
    tokio::select! {
        () = dynoxide::server::serve_on(listener, Database::memory()?) => {}
        _ = input.read_to_end(&mut said) => {}
    }
    Ok(())
}
