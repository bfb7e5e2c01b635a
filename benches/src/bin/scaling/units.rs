//! What an operation takes of DynamoDB, as `store-dynamodb`'s `tests/cost.rs` measures it, and what DynamoDB allows and asks.

/// Write units of a clock-in on the table `time_entries`: the open entry and the record, two each.
pub const CLOCK_IN_TABLE: f64 = 4.0;
/// Write units of a clock-in on the index: the open entry.
pub const CLOCK_IN_INDEX: f64 = 1.0;
/// Write units of the command's answer, of each punch.
pub const COMMAND: f64 = 2.0;
/// All write units of a clock-in.
pub const CLOCK_IN: f64 = CLOCK_IN_TABLE + CLOCK_IN_INDEX + COMMAND;
/// All write units of a clock-out: the entry, the open entry's deletion and the record, two each; twice the index; the answer.
pub const CLOCK_OUT: f64 = 6.0 + 2.0 + COMMAND;
/// Read units of a clock-in: the command, the head, what overlaps, the head once more, and the entry that it tells of.
pub const CLOCK_IN_READS: f64 = 5.0;
/// Read units of a clock-out.
pub const CLOCK_OUT_READS: f64 = 3.0;
/// Read units of a status.
pub const STATUS_READS: f64 = 1.0;
/// Read units of a session's check, which an app server does for each request that comes more than five seconds after the last one:
/// the session, the member, and at most the organisation, which it remembers for five seconds too, for all sessions together.
pub const SESSION_READS: f64 = 3.0;
/// Seconds that a server remembers a session and an organisation.
pub const REMEMBERED_SECONDS: f64 = 5.0;

/// Dollars for a million write units, on demand (us-east-1, 2026-08).
pub const DOLLARS_A_MILLION_WRITES: f64 = 0.625;
/// Dollars for a million read units, on demand.
pub const DOLLARS_A_MILLION_READS: f64 = 0.125;
/// Dollars for a gigabyte and month.
pub const DOLLARS_A_GIGABYTE: f64 = 0.25;

/// Write units a second that one partition takes.
pub const PARTITION_WRITES: f64 = 1000.0;
/// Read units a second that one partition takes, and no item more than that.
pub const PARTITION_READS: f64 = 3000.0;
/// Write units a second that a new on-demand table takes.
pub const NEW_TABLE_WRITES: f64 = 4000.0;
/// Lambda: executions at once that an account may have unless it asks for more.
pub const ACCOUNT_CONCURRENCY: f64 = 1000.0;
/// Lambda: executions that one function may add in ten seconds.
pub const CONCURRENCY_RAMP: f64 = 1000.0;
/// Seconds that a clock command takes in a function: five round trips to DynamoDB.
pub const CLOCK_SECONDS: f64 = 0.040;
/// Seconds that a status takes.
pub const STATUS_SECONDS: f64 = 0.015;
