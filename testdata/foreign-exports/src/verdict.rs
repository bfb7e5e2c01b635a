//! What an importer that refuses overlaps should make of each row, from what the rows show.

use jiff::Timestamp;

use crate::truth::Expected;

/// What a row shows, reduced to what decides.
pub(crate) struct Claim<'row> {
    pub(crate) email: &'row str,
    /// Every span that agrees with the row, as `[start, end)`.
    pub(crate) readings: Vec<(Timestamp, Timestamp)>,
}

/// The verdict and, for an overlap, the index of the accepted row in the way.
pub(crate) type Verdict = (Expected, Option<usize>);

/// One verdict per claim, in order: a row yields to every accepted row before it.
pub(crate) fn verdicts(claims: &[Claim]) -> Vec<Verdict> {
    let mut accepted: std::collections::HashMap<&str, Vec<usize>> = std::collections::HashMap::new();
    let mut verdicts = Vec::with_capacity(claims.len());
    for (index, claim) in claims.iter().enumerate() {
        let verdict = match claim.readings[..] {
            [span] => {
                let mine = accepted.entry(claim.email).or_default();
                // Rows stand in order of their start; looking back over all is slow but cannot be wrong.
                let obstacle = mine.iter().rev().find(|&&other| overlap(claims[other].readings[0], span));
                match obstacle {
                    Some(&other) => (Expected::Overlap, Some(other)),
                    None => {
                        mine.push(index);
                        (Expected::Accepted, None)
                    }
                }
            }
            _ => (Expected::Ambiguous, None),
        };
        verdicts.push(verdict);
    }
    verdicts
}

fn overlap(one: (Timestamp, Timestamp), other: (Timestamp, Timestamp)) -> bool {
    let empty = |span: (Timestamp, Timestamp)| span.0 >= span.1;
    !empty(one) && !empty(other) && one.0 < other.1 && other.0 < one.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_the_vectors_overlap_or_do_not_in_both_orders() {
        let file: serde_json::Value =
            serde_json::from_str(include_str!("../../vectors/overlaps.json")).expect("JSON");
        let pairs = file["overlaps"].as_array().expect("a list");
        assert!(pairs.len() > 20);
        for pair in pairs {
            let instant =
                |value: &serde_json::Value| value.as_str().map(|text| text.parse().expect("RFC 3339"));
            let span = |side: &str| {
                let start = instant(&pair[side]["start"]).expect("a start");
                (start, instant(&pair[side]["end"]).unwrap_or(Timestamp::MAX))
            };
            let (a, b) = (span("a"), span("b"));
            assert_eq!(Some(overlap(a, b)), pair["overlap"].as_bool(), "{pair}");
            assert_eq!(overlap(a, b), overlap(b, a), "{pair}");
        }
    }
}
