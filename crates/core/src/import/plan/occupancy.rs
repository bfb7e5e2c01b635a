//! Which parts of a stretch of time are free: a segment tree over the edges of all spans, so that taking time and
//! finding the longest free part of a span take O(log n).

use crate::time::Instant;

/// Nobody's.
const FREE: u32 = u32::MAX;

/// Free runs of one node's stretch, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Runs {
    length: i64,
    prefix: i64,
    suffix: i64,
    best: i64,
    /// Where the best begins, in seconds since the epoch; the earliest of equals.
    best_start: i64,
}

impl Runs {
    const fn free(start: i64, end: i64) -> Self {
        let length = end - start;
        Self { length, prefix: length, suffix: length, best: length, best_start: start }
    }

    const fn taken(start: i64, end: i64) -> Self {
        Self { length: end - start, prefix: 0, suffix: 0, best: 0, best_start: start }
    }

    const fn is_free(self) -> bool {
        self.best == self.length
    }

    /// The runs of `self` followed at `edge` by `next`.
    fn followed_by(self, edge: i64, next: Self) -> Self {
        let across = (self.suffix + next.prefix, edge - self.suffix);
        let mut best = (self.best, self.best_start);
        for other in [across, (next.best, next.best_start)] {
            if other.0 > best.0 {
                best = other;
            }
        }
        Self {
            length: self.length + next.length,
            prefix: if self.is_free() { self.length + next.prefix } else { self.prefix },
            suffix: if next.is_free() { next.length + self.suffix } else { next.suffix },
            best: best.0,
            best_start: best.1,
        }
    }
}

/// Who has which time between the first edge and the last.
#[derive(Debug)]
pub(super) struct Occupancy {
    edges: Vec<i64>,
    /// A node before its left half before its right half: the left child of `node` is `node + 1`, and a subtree over
    /// n stretches has 2n - 1 nodes.
    nodes: Vec<Runs>,
    /// Who has the stretch after each edge.
    owners: Vec<u32>,
}

/// A node and the stretches it stands for.
#[derive(Clone, Copy)]
struct At {
    node: usize,
    from: usize,
    to: usize,
}

impl At {
    const fn is_leaf(self) -> bool {
        self.to - self.from == 1
    }

    const fn middle(self) -> usize {
        self.from + (self.to - self.from) / 2
    }

    const fn halves(self) -> [Self; 2] {
        let middle = self.middle();
        [
            Self { node: self.node + 1, from: self.from, to: middle },
            Self { node: self.node + 2 * (middle - self.from), from: middle, to: self.to },
        ]
    }
}

impl Occupancy {
    /// Free time with an edge at each of `edges`; later spans begin and end at edges.
    pub(super) fn new(edges: impl Iterator<Item = Instant>) -> Self {
        let mut edges: Vec<i64> = edges.map(Instant::unix_seconds).collect();
        edges.sort_unstable();
        edges.dedup();
        let stretches = edges.len().saturating_sub(1);
        let nothing = Runs::free(0, 0);
        let mut occupancy = Self {
            nodes: vec![nothing; (2 * stretches).saturating_sub(1)],
            owners: vec![FREE; stretches],
            edges,
        };
        if stretches > 0 {
            occupancy.build(occupancy.root());
        }
        occupancy
    }

    /// The longest free part of `[start, end)`, the earliest of equals; `None` where nothing of it is free.
    pub(super) fn longest_free(&self, start: Instant, end: Instant) -> Option<(Instant, Instant)> {
        let (from, to) = self.stretches(start, end)?;
        let runs = self.runs(self.root(), from, to);
        let instant = |seconds| Instant::from_unix_seconds(seconds).ok();
        if runs.best == 0 {
            None
        } else {
            Some((instant(runs.best_start)?, instant(runs.best_start + runs.best)?))
        }
    }

    /// Who has the first part of `[start, end)` that is not free.
    pub(super) fn first_owner(&self, start: Instant, end: Instant) -> Option<u32> {
        let (from, to) = self.stretches(start, end)?;
        self.owner(self.root(), from, to)
    }

    /// Gives what is free of `[start, end)` to `owner`.
    pub(super) fn take(&mut self, start: Instant, end: Instant, owner: u32) {
        if let Some((from, to)) = self.stretches(start, end) {
            self.give(self.root(), from, to, owner);
        }
    }

    const fn root(&self) -> At {
        At { node: 0, from: 0, to: self.owners.len() }
    }

    /// The stretches between the edges from `start` to `end`; what lies outside all edges is left out.
    fn stretches(&self, start: Instant, end: Instant) -> Option<(usize, usize)> {
        let edge = |instant: Instant| self.edges.partition_point(|edge| *edge < instant.unix_seconds());
        let (from, to) = (edge(start), edge(end).min(self.owners.len()));
        if from < to { Some((from, to)) } else { None }
    }

    fn build(&mut self, at: At) {
        self.nodes[at.node] = Runs::free(self.edges[at.from], self.edges[at.to]);
        if !at.is_leaf() {
            at.halves().into_iter().for_each(|half| self.build(half));
        }
    }

    fn runs(&self, at: At, from: usize, to: usize) -> Runs {
        if from <= at.from && at.to <= to {
            return self.nodes[at.node];
        }
        let (middle, [left, right]) = (at.middle(), at.halves());
        if to <= middle {
            self.runs(left, from, to)
        } else if middle <= from {
            self.runs(right, from, to)
        } else {
            self.runs(left, from, to).followed_by(self.edges[middle], self.runs(right, from, to))
        }
    }

    fn owner(&self, at: At, from: usize, to: usize) -> Option<u32> {
        if to <= at.from || at.to <= from || self.nodes[at.node].is_free() {
            return None;
        }
        if at.is_leaf() {
            return Some(self.owners[at.from]);
        }
        at.halves().into_iter().find_map(|half| self.owner(half, from, to))
    }

    fn give(&mut self, at: At, from: usize, to: usize, owner: u32) {
        if to <= at.from || at.to <= from || self.nodes[at.node].best == 0 {
            return;
        }
        if at.is_leaf() {
            self.nodes[at.node] = Runs::taken(self.edges[at.from], self.edges[at.to]);
            self.owners[at.from] = owner;
            return;
        }
        let [left, right] = at.halves();
        self.give(left, from, to, owner);
        self.give(right, from, to, owner);
        self.nodes[at.node] =
            self.nodes[left.node].followed_by(self.edges[at.middle()], self.nodes[right.node]);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> Instant {
        Instant::from_unix_seconds(1_700_000_000 + second).expect("in range")
    }

    /// The longest free part of `[start, end)` and the first owner, looked for second by second.
    fn by_hand(seconds: &[u32], start: usize, end: usize) -> (Option<(usize, usize)>, Option<u32>) {
        let mut best: Option<(usize, usize)> = None;
        let mut run = start;
        for (second, owner) in seconds.iter().enumerate().take(end).skip(start) {
            if *owner != FREE {
                run = second + 1;
            } else if best.is_none_or(|best| second + 1 - run > best.1 - best.0) {
                best = Some((run, second + 1));
            }
        }
        (best, seconds[start..end].iter().find(|owner| **owner != FREE).copied())
    }

    proptest! {
        #[test]
        fn the_tree_finds_what_counting_finds(spans in prop::collection::vec((0_usize..60, 1_usize..30, any::<bool>()), 1..25)) {
            let spans: Vec<_> = spans.iter().map(|(start, length, take)| (*start, start + length, *take)).collect();
            let second = |second: usize| at(i64::try_from(second).expect("small"));
            let edges = spans.iter().flat_map(|(start, end, _)| [second(*start), second(*end)]);
            let mut occupancy = Occupancy::new(edges);
            let mut seconds = vec![FREE; 100];
            for (owner, (start, end, take)) in (0_u32..).zip(&spans) {
                let (free, first) = by_hand(&seconds, *start, *end);
                let free = free.map(|(start, end)| (second(start), second(end)));
                prop_assert_eq!(occupancy.longest_free(second(*start), second(*end)), free);
                prop_assert_eq!(occupancy.first_owner(second(*start), second(*end)), first);
                if *take {
                    occupancy.take(second(*start), second(*end), owner);
                    seconds[*start..*end].iter_mut().filter(|owner| **owner == FREE).for_each(|second| *second = owner);
                }
            }
        }
    }
}
