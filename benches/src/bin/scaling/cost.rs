//! Units and dollars per 1,000 members and month.

use super::units::{
    CLOCK_IN, CLOCK_IN_READS, CLOCK_OUT, CLOCK_OUT_READS, DOLLARS_A_GIGABYTE, DOLLARS_A_MILLION_READS,
    DOLLARS_A_MILLION_WRITES, SESSION_READS, STATUS_READS,
};

const MEMBERS: f64 = 1000.0;
/// 260 days a year.
const WORKDAYS: f64 = 260.0 / 12.0;
const SHIFTS_A_DAY: f64 = 2.0;
/// The page asks every 15 seconds while it is in view; for four minutes a day.
const POLLS_A_DAY: f64 = 16.0;
const POLLS_AN_HOUR: f64 = 240.0;
/// Kilobytes that a shift leaves behind for good: the entry, its copy in the index, and two records.
const KILOBYTES_A_SHIFT: f64 = 3.5;
/// Kilobytes of two answers, forgotten after 400 days.
const KILOBYTES_OF_ANSWERS: f64 = 1.3;

pub fn table() -> String {
    let shifts = MEMBERS * WORKDAYS * SHIFTS_A_DAY;
    let polls = MEMBERS * WORKDAYS * POLLS_A_DAY;
    let rows = [
        ("clock-ins and clock-outs, written", shifts * (CLOCK_IN + CLOCK_OUT), DOLLARS_A_MILLION_WRITES),
        (
            "clock-ins and clock-outs, read",
            shifts * (CLOCK_IN_READS + CLOCK_OUT_READS),
            DOLLARS_A_MILLION_READS,
        ),
        ("the clock shown, 16 times a day", polls * STATUS_READS, DOLLARS_A_MILLION_READS),
    ];
    let mut text =
        String::from("| 1,000 members for a month, two shifts a day | units | dollars |\n|---|---|---|\n");
    let mut sum = 0.0;
    for (what, units, price) in rows {
        let dollars = units / 1e6 * price;
        sum += dollars;
        text.push_str(&format!("| {what} | {units:.0} | {dollars:.3} |\n"));
    }
    text.push_str(&format!("| **together** | | **{sum:.3}** |\n"));
    let checks = (shifts * 2.0 + polls) * SESSION_READS;
    let dollars = checks / 1e6 * DOLLARS_A_MILLION_READS;
    text.push_str(&format!("| session checks, counted apart: at most | {checks:.0} | {dollars:.3} |\n"));
    let hour = MEMBERS * WORKDAYS * POLLS_AN_HOUR * (STATUS_READS + SESSION_READS);
    let dollars = hour / 1e6 * DOLLARS_A_MILLION_READS;
    text.push_str(&format!(
        "| each hour a day more in view, counted apart: at most | {hour:.0} | {dollars:.3} |\n"
    ));
    let gigabytes = |kilobytes: f64, months: f64| shifts * kilobytes * months / 1e6;
    for months in [1.0, 12.0, 36.0] {
        let stored = gigabytes(KILOBYTES_A_SHIFT, months) + gigabytes(KILOBYTES_OF_ANSWERS, months.min(13.0));
        text.push_str(&format!(
            "| stored after {months:.0} months, counted apart | {stored:.2} GB | {:.3} |\n",
            stored * DOLLARS_A_GIGABYTE
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_members_cost_at_most_sixty_cents_a_month() {
        let table = table();
        let line = table.lines().find(|line| line.contains("together")).expect("a sum");
        let dollars: f64 = line.rsplit("**").nth(1).expect("a number").parse().expect("a number");
        assert!(dollars <= 0.60, "{table}");
    }
}
