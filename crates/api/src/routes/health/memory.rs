//! How much memory the process has and may have, where the kernel tells.

use std::fs;

use serde::Serialize;
use utoipa::ToSchema;

const PAGE_BYTES: u64 = 4096;

/// Memory of the process.
#[derive(Debug, Serialize, ToSchema)]
pub struct Memory {
    /// What it holds in memory now; null where the system does not tell.
    #[schema(required)]
    used_bytes: Option<u64>,
    /// The container's limit, or the machine's memory where there is none.
    #[schema(required)]
    limit_bytes: Option<u64>,
}

impl Memory {
    /// Reads a few bytes that the kernel makes up on the spot: nothing here waits for a disk.
    pub fn read() -> Self {
        Self { used_bytes: resident(), limit_bytes: limit() }
    }
}

fn resident() -> Option<u64> {
    let pages = fs::read_to_string("/proc/self/statm").ok()?;
    pages.split_whitespace().nth(1)?.parse::<u64>().ok().map(|pages| pages * PAGE_BYTES)
}

fn limit() -> Option<u64> {
    let of_container = fs::read_to_string("/sys/fs/cgroup/memory.max").ok();
    of_container.and_then(|text| text.trim().parse().ok()).or_else(of_machine)
}

fn of_machine() -> Option<u64> {
    let text = fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kibibytes| kibibytes * 1024)
}
