//! What is asked of a map.

use fastrand::Rng;
use testkit::Mismatch;

/// Items, and what a function that nobody can foresee makes of them.
#[derive(Debug)]
pub(super) struct Items {
    pub(super) items: Vec<u64>,
    seed: u64,
}

impl Items {
    /// Few as often as many; one number may stand for several items.
    pub(super) fn drawn(random: &mut Rng) -> Self {
        let n = random.usize(..=2000) >> random.u32(..12);
        Self::of(n, random)
    }

    pub(super) fn of(n: usize, random: &mut Rng) -> Self {
        let different = random.u64(1..=5000);
        Self {
            items: (0..n).map(|_| random.u64(..different)).collect(),
            seed: random.u64(..),
        }
    }

    pub(super) fn result(&self, item: &u64) -> u64 {
        Rng::with_seed(self.seed ^ item).u64(..)
    }

    pub(super) fn are_results(&self, results: &[u64]) -> Result<(), Mismatch> {
        let n = self.items.len();
        let expected: Vec<u64> = self.items.iter().map(|item| self.result(item)).collect();
        let unlike = expected
            .iter()
            .zip(results)
            .position(|(one, other)| one != other);
        let seen = match unlike {
            Some(i) => format!("result {i} is {}, not {}", results[i], expected[i]),
            None => format!("{} results", results.len()),
        };
        Mismatch::unless(
            results == expected,
            format!("{n} items, f random: {seen}"),
            format!("{n} results, result i from item i"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_in_another_order_are_none() {
        let case = Items::of(100, &mut Rng::with_seed(1));
        let mut results: Vec<u64> = case.items.iter().map(|item| case.result(item)).collect();
        assert_eq!(case.are_results(&results), Ok(()));
        results.reverse();
        assert!(case.are_results(&results).is_err());
        assert!(case.are_results(&[]).is_err());
    }
}
