//! How many connections the machine has room for.

/// The most connections at once, where the operating system allows it.
const MOST_CONNECTIONS: usize = 4096;
/// File descriptors that are not for connections: the database's readers, spool files, the log.
#[cfg(unix)]
const KEPT_FOR_FILES: u64 = 256;
/// The fewest connections that are any use.
#[cfg(unix)]
const FEWEST_CONNECTIONS: u64 = 64;

/// Raises the process's soft limit of file descriptors to what connections and files need, as far as its hard limit
/// goes, and says how many connections then fit: a reader of the database must never wait for a client to hang up.
#[cfg(unix)]
pub fn most_connections() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let wanted = MOST_CONNECTIONS as u64 + KEPT_FOR_FILES;
    let limit = getrlimit(Resource::Nofile);
    let allowed = limit.maximum.map_or(wanted, |maximum| maximum.min(wanted));
    if limit.current.is_some_and(|current| current < allowed) {
        let raised = Rlimit { current: Some(allowed), maximum: limit.maximum };
        if let Err(error) = setrlimit(Resource::Nofile, raised) {
            tracing::warn!(%error, "could not raise the limit of open files");
        }
    }
    let open_files = getrlimit(Resource::Nofile).current.unwrap_or(wanted).min(wanted);
    usize::try_from(open_files.saturating_sub(KEPT_FOR_FILES).max(FEWEST_CONNECTIONS))
        .unwrap_or(MOST_CONNECTIONS)
}

/// What the operating system allows is its own affair.
#[cfg(not(unix))]
pub fn most_connections() -> usize {
    MOST_CONNECTIONS
}
