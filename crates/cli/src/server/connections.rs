//! Connections: how many there may be at once and how long a client may take.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, extract::ConnectInfo, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};
use tower::ServiceExt;
use vibesheets_api::TrustedProxies;

use super::{places::most_connections, shutdown::Shutdown};

/// How long a client may take to send a request's head; also the longest silence between two requests.
const HEADER_TIMEOUT: Duration = Duration::from_secs(5);
/// The most bytes that a request's head may have.
const MOST_HEADER_BYTES: usize = 64 * 1024;
/// The most lines of a request's head.
const MOST_HEADERS: usize = 100;
/// How long requests under way may take to end when the process is told to.
const LONGEST_FAREWELL: Duration = Duration::from_secs(15);
/// How long to wait where the operating system has no more file descriptors for connections.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Answers with `router` until told to end, then ends what is under way. Connections beyond what there is room for wait
/// in the operating system's queue.
pub async fn answer(listener: TcpListener, router: Router, trusted: TrustedProxies, shutdown: &mut Shutdown) {
    let trusted = Arc::new(trusted);
    let connections = Arc::new(Semaphore::new(most_connections()));
    let graceful = GracefulShutdown::new();
    loop {
        let Ok(place) = Arc::clone(&connections).acquire_owned().await else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = shutdown.wait() => break,
        };
        match accepted {
            Ok((stream, client)) => {
                begin(stream, client, router.clone(), Arc::clone(&trusted), &graceful, place)
            }
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    drop(listener);
    if timeout(LONGEST_FAREWELL, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time and were cut off");
    }
}

/// Serves one connection until it ends or the process is told to; `place` is one of the places there are.
fn begin(
    stream: TcpStream,
    client: SocketAddr,
    router: Router,
    trusted: Arc<TrustedProxies>,
    graceful: &GracefulShutdown,
    place: OwnedSemaphorePermit,
) {
    // Answers are small: waiting to fill a packet would only delay them. Where it cannot be set they are just slower.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: Request<Incoming>| {
        let address = trusted.client(client.ip(), request.headers());
        request.extensions_mut().insert(ConnectInfo(client));
        request.extensions_mut().insert(address);
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        // Without a timer hyper ignores the header timeout and says nothing.
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .max_buf_size(MOST_HEADER_BYTES)
        .max_headers(MOST_HEADERS)
        .serve_connection(TokioIo::new(stream), service);
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        // A client that goes away or breaks the protocol is its own affair.
        if let Err(error) = connection.await {
            tracing::debug!(%error, "connection ended");
        }
        drop(place);
    });
}
