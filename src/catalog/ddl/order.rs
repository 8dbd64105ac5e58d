//! The order of statements: each behind what it needs, and apart from that by rank.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

/// `ranks.len()` things in an order in which the first of each of `edges` comes before the second, and where that leaves a choice the lower
/// rank; what is in a circle comes by rank.
pub(super) fn sorted<R: Ord + Copy>(ranks: &[R], edges: &BTreeSet<(usize, usize)>) -> Vec<usize> {
    let mut before = vec![0_usize; ranks.len()];
    let mut after = vec![Vec::new(); ranks.len()];
    for (first, second) in edges {
        before[*second] += 1;
        after[*first].push(*second);
    }
    let mut free: BinaryHeap<Reverse<(R, usize)>> =
        (0..ranks.len()).filter(|at| before[*at] == 0).map(|at| Reverse((ranks[at], at))).collect();
    let mut left: BTreeSet<(R, usize)> = ranks.iter().copied().zip(0..).collect();
    let mut order = Vec::with_capacity(ranks.len());
    while let Some(first) = left.first().copied() {
        let at = free.pop().map_or(first.1, |Reverse((_, at))| at);
        if !left.remove(&(ranks[at], at)) {
            continue;
        }
        order.push(at);
        for next in &after[at] {
            before[*next] = before[*next].saturating_sub(1);
            if before[*next] == 0 {
                free.push(Reverse((ranks[*next], *next)));
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needs_come_first_and_then_ranks() {
        assert_eq!(sorted(&[3, 1, 2], &BTreeSet::new()), [1, 2, 0]);
        assert_eq!(sorted(&[3, 1, 2], &BTreeSet::from([(0, 1)])), [2, 0, 1]);
    }

    #[test]
    fn a_circle_is_cut_at_the_lowest_rank() {
        assert_eq!(sorted(&[2, 1, 0], &BTreeSet::from([(0, 1), (1, 0)])), [2, 1, 0]);
    }
}
