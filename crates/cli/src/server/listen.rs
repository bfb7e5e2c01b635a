//! The address.

use std::{io::ErrorKind, net::SocketAddr};

use tokio::net::TcpListener;

use crate::failure::{Exit, Failure};

/// Listens on `address`.
///
/// # Errors
/// [`Failure`] with [`Exit::Listen`] that says what to do.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        let what_to_do = match error.kind() {
            ErrorKind::AddrInUse => format!(
                "port {} is in use by another program; stop that one, or choose another port: --listen {}",
                address.port(),
                SocketAddr::new(address.ip(), address.port().checked_add(1).unwrap_or(3000)),
            ),
            ErrorKind::PermissionDenied => format!(
                "this user may not listen on port {}; choose a port from 1024, or put a reverse proxy before it",
                address.port()
            ),
            ErrorKind::AddrNotAvailable => "this machine has no such address; 0.0.0.0 means all that it has".to_owned(),
            _ => error.to_string(),
        };
        Failure::new(Exit::Listen, format!("cannot listen on {address}: {what_to_do}"))
    })
}
