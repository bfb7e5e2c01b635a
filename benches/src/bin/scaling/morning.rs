//! One million members clock in at nine: second by second, from 08:30 to 09:30.

use super::units::{
    ACCOUNT_CONCURRENCY, CLOCK_IN_INDEX, CLOCK_IN_TABLE, CLOCK_SECONDS, COMMAND, CONCURRENCY_RAMP,
    NEW_TABLE_WRITES, PARTITION_READS, PARTITION_WRITES, REMEMBERED_SECONDS, STATUS_SECONDS,
};

const MEMBERS: usize = 1_000_000;
const SECONDS: usize = 3600;
/// Nine o'clock.
const NINE: f64 = 1800.0;
/// Two of three clock in within five minutes of nine, nearly all within a quarter of an hour.
const SPREAD_SECONDS: f64 = 300.0;
/// Of the members whose page shows the clock at once: each asks every 15 seconds.
const WATCHING: f64 = 0.2;
const POLL_SECONDS: f64 = 15.0;
const INDEX_SHARDS: usize = 4;

/// How many clock in at each second.
fn arrivals(members: usize) -> Vec<f64> {
    let mut random = Random(0x5eed);
    let mut arrivals = vec![0.0; SECONDS];
    for _ in 0..members {
        // The sum of twelve uniform numbers is as good as normal here, and needs no logarithm.
        let normal = (0..12).map(|_| random.next()).sum::<f64>() - 6.0;
        let second = (NINE + normal * SPREAD_SECONDS).clamp(0.0, (SECONDS - 1) as f64) as usize;
        arrivals[second] += 1.0;
    }
    arrivals
}

/// SplitMix64, as numbers from 0 to 1.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut state = self.0;
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((state ^ (state >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn most(values: impl IntoIterator<Item = f64>) -> f64 {
    values.into_iter().fold(0.0, f64::max)
}

pub fn tables() -> String {
    let arrivals = arrivals(MEMBERS);
    format!("{}\n{}\n{}\n{}", load(&arrivals), ramps(&arrivals), keys(&arrivals), reads(&arrivals))
}

/// How often a second the clock is shown to so many members.
fn polls(members: f64) -> f64 {
    members * WATCHING / POLL_SECONDS
}

fn load(arrivals: &[f64]) -> String {
    let peak = most(arrivals.iter().copied());
    let polls = polls(MEMBERS as f64);
    let clocks = peak * CLOCK_SECONDS;
    let statuses = polls * STATUS_SECONDS;
    let ramp = most(arrivals.windows(10).map(|ten| (ten[9] - ten[0]) * CLOCK_SECONDS));
    format!(
        "| the busiest second of the morning | |\n|---|---|\n\
         | clock-ins | {peak:.0} |\n\
         | write units of `time_entries` | {:.0} |\n\
         | write units of its index | {:.0} |\n\
         | write units of `applied_commands` | {:.0} |\n\
         | statuses, one member in five looking on | {polls:.0} |\n\
         | Lambda executions at once: `clock-in-out` | {clocks:.0} |\n\
         | Lambda executions at once: `clock-status` | {statuses:.0} |\n\
         | of an account's default of | {ACCOUNT_CONCURRENCY:.0} |\n\
         | most executions that `clock-in-out` adds in ten seconds, of {CONCURRENCY_RAMP:.0} | {ramp:.0} |\n",
        peak * CLOCK_IN_TABLE,
        peak * CLOCK_IN_INDEX,
        peak * COMMAND,
    )
}

/// A table that takes so much; what it does not take waits, since a throttled write is tried again.
fn queue(load: &[f64], takes: f64) -> (f64, f64) {
    let (mut waiting, mut most_waiting, mut throttled): (f64, f64, f64) = (0.0, 0.0, 0.0);
    for units in load {
        let offered = waiting + units;
        waiting = (offered - takes).max(0.0);
        throttled += f64::from(u8::from(waiting > 0.0));
        most_waiting = most_waiting.max(waiting);
    }
    (throttled, most_waiting / takes)
}

fn ramps(arrivals: &[f64]) -> String {
    let load: Vec<f64> = arrivals.iter().map(|count| count * CLOCK_IN_TABLE).collect();
    let peak = most(load.iter().copied());
    let mut text = String::from(
        "| `time_entries` on that morning | takes, units/s | seconds with throttles | longest wait, s |\n|---|---|---|---|\n",
    );
    for (what, takes) in [
        ("new, on demand, never busy before", NEW_TABLE_WRITES),
        ("warmed to 6,000 before", 6000.0),
        ("the day after: twice the last peak", 2.0 * peak),
    ] {
        let (seconds, wait) = queue(&load, takes);
        text.push_str(&format!("| {what} | {takes:.0} | {seconds:.0} | {wait:.1} |\n"));
    }
    text
}

/// A member's partition takes four units in a morning; what may be hot is the index, whose keys are organisations.
fn keys(arrivals: &[f64]) -> String {
    let peak = most(arrivals.iter().copied());
    let mut text = String::from(
        "| the busiest index partition, if the organisation has | one key, units/s | four (ours), units/s | of |\n|---|---|---|---|\n",
    );
    for members in [1_000, 10_000, 100_000, 1_000_000] {
        let one = peak * CLOCK_IN_INDEX * f64::from(members) / MEMBERS as f64;
        let ours = one / INDEX_SHARDS as f64;
        text.push_str(&format!("| {members} members | {one:.0} | {ours:.0} | {PARTITION_WRITES:.0} |\n"));
    }
    text
}

/// Each request comes more than five seconds after the last one of its session, so each has its session checked: the member is read
/// from the organisation's partition of `members`. The organisation itself is one item, which each server reads once in five seconds,
/// however many of its members ask.
fn reads(arrivals: &[f64]) -> String {
    let peak = most(arrivals.iter().copied());
    let mut text = String::from(
        "| the busiest second's session checks, if the organisation has | its members, units/s | itself, units/s | unless remembered | of |\n\
         |---|---|---|---|---|\n",
    );
    for members in [1_000, 10_000, 100_000, 1_000_000] {
        let checks = checks(peak, f64::from(members));
        let itself = most_organisation_reads(checks);
        text.push_str(&format!(
            "| {members} members | {checks:.0} | {itself:.0} | {checks:.0} | {PARTITION_READS:.0} |\n"
        ));
    }
    text
}

fn checks(peak: f64, members: f64) -> f64 {
    polls(members) + peak * members / MEMBERS as f64
}

/// As many servers, or instances of a function, as are busy at once.
fn most_organisation_reads(checks: f64) -> f64 {
    (checks * CLOCK_SECONDS).ceil() / REMEMBERED_SECONDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_partition_is_hot_while_a_million_of_one_organisation_clock_in() {
        let arrivals = arrivals(MEMBERS);
        let peak = most(arrivals.iter().copied());
        assert!(peak * CLOCK_IN_INDEX > PARTITION_WRITES, "one key would be hot, or four prove nothing");
        assert!(peak * CLOCK_IN_INDEX / (INDEX_SHARDS as f64) < PARTITION_WRITES);
        assert_eq!(arrivals.iter().sum::<f64>(), MEMBERS as f64);
    }

    #[test]
    fn an_organisation_of_a_million_is_hot_only_where_every_check_reads_it() {
        let peak = most(arrivals(MEMBERS));
        let checks = checks(peak, MEMBERS as f64);
        assert!(checks > PARTITION_READS, "or remembering proves nothing");
        assert!(most_organisation_reads(checks) < PARTITION_READS / 10.0);
    }

    #[test]
    fn a_queue_that_takes_less_than_comes_makes_the_last_wait() {
        assert_eq!(queue(&[10.0, 10.0, 0.0, 0.0], 5.0), (3.0, 2.0));
        assert_eq!(queue(&[4.0, 5.0], 5.0), (0.0, 0.0));
    }
}
