//! A load generator for one endpoint after another over kept-alive HTTP/1.1 connections. It shares the machine with the server,
//! so it does as little as it can: it writes a request whose bytes are ready and reads to the end of the answer.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::stopwatch::Stopwatch;

/// One kept-alive connection.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Connects to a server on this machine.
    pub async fn open(address: SocketAddr) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(16 << 10) })
    }

    /// Sends `request` and returns the answer's status and body length.
    pub async fn exchange(&mut self, request: &[u8]) -> std::io::Result<Answer> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            if let Some(answer) = Answer::parse(&self.buffer)
                && self.buffer.len() >= answer.head_bytes + answer.body_bytes
            {
                return Ok(answer);
            }
        }
    }

    /// The body of the last answer.
    pub fn body(&self, answer: &Answer) -> &[u8] {
        &self.buffer[answer.head_bytes..answer.head_bytes + answer.body_bytes]
    }
}

/// What matters of an answer.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Bytes before the body.
    pub head_bytes: usize,
    /// Bytes of the body.
    pub body_bytes: usize,
}

impl Answer {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let head_bytes = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
        let head = std::str::from_utf8(&bytes[..head_bytes]).ok()?;
        let status = head.get(9..12)?.parse().ok()?;
        let length = head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .and_then(|(_, value)| value.trim().parse().ok());
        Some(Self { status, head_bytes, body_bytes: length.unwrap_or(0) })
    }
}

/// The bytes of a request.
pub fn request(method: &str, path: &str, token: Option<&str>, body: Option<&str>) -> Vec<u8> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n");
    if let Some(token) = token {
        head.push_str(&format!("authorization: Bearer {token}\r\n"));
    }
    if let Some(body) = body {
        head.push_str(&format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len()));
    }
    head.push_str("\r\n");
    head.push_str(body.unwrap_or(""));
    head.into_bytes()
}

/// What a load measured.
#[derive(Debug, Default)]
pub struct Load {
    /// Answers with the expected status.
    pub answers: usize,
    /// The time of each, in microseconds, sorted.
    pub microseconds: Vec<u64>,
    /// How long it went on.
    pub elapsed: Duration,
}

impl Load {
    /// Answers a second.
    pub fn per_second(&self) -> f64 {
        self.answers as f64 / self.elapsed.as_secs_f64()
    }

    /// The time in milliseconds that `share` of the answers took at most.
    pub fn percentile_milliseconds(&self, share: f64) -> f64 {
        let index = ((self.microseconds.len() as f64 * share) as usize)
            .min(self.microseconds.len().saturating_sub(1));
        self.microseconds.get(index).map_or(0.0, |microseconds| *microseconds as f64 / 1000.0)
    }
}

/// Each connection sends its own requests, round and round, until `duration` is over.
pub async fn load(
    address: SocketAddr,
    plans: Vec<Vec<Vec<u8>>>,
    duration: Duration,
) -> std::io::Result<Load> {
    let watch = Stopwatch::start();
    let tasks: Vec<_> = plans
        .into_iter()
        .map(|plan| tokio::spawn(drive(address, plan, Stopwatch::start(), duration)))
        .collect();
    let mut load = Load::default();
    for task in tasks {
        load.microseconds.extend(task.await.map_err(std::io::Error::other)??);
    }
    load.elapsed = watch.elapsed();
    load.answers = load.microseconds.len();
    load.microseconds.sort_unstable();
    Ok(load)
}

async fn drive(
    address: SocketAddr,
    plan: Vec<Vec<u8>>,
    watch: Stopwatch,
    duration: Duration,
) -> std::io::Result<Vec<u64>> {
    let mut connection = Connection::open(address).await?;
    let mut microseconds = Vec::with_capacity(1 << 16);
    for request in plan.iter().cycle() {
        let one = Stopwatch::start();
        let answer = connection.exchange(request).await?;
        if answer.status != 200 {
            let body = String::from_utf8_lossy(connection.body(&answer)).into_owned();
            return Err(std::io::Error::other(format!("status {}: {body}", answer.status)));
        }
        microseconds.push(u64::try_from(one.elapsed().as_micros()).unwrap_or(u64::MAX));
        if watch.elapsed() >= duration {
            break;
        }
    }
    Ok(microseconds)
}
