//! What `parallel_map` is given, and what it is to make of it.

use std::fmt::Debug;

use fastrand::Rng;
use refactor_to_map::parallel_map;
use testkit::{Mismatch, pool_of_two};

/// Items that may stand there several times, and a function of them that cannot be foreseen.
pub struct Items {
    pub items: Vec<u64>,
    seed: u64,
}

impl Items {
    /// The same items for each `n`, to be tried again.
    pub fn of(n: usize) -> Self {
        Self::draw(n, &mut Rng::with_seed(1))
    }

    pub fn draw(n: usize, random: &mut Rng) -> Self {
        let different = random.u64(1..=5_000);
        Self {
            items: (0..n).map(|_| random.u64(..different)).collect(),
            seed: random.u64(..),
        }
    }

    /// Items of which each is its own number.
    pub fn of_numbers(n: usize, random: &mut Rng) -> Self {
        Self {
            items: (0..n as u64).collect(),
            seed: random.u64(..),
        }
    }

    /// What `parallel_map` makes of the items in a pool of two.
    pub fn map(&self, f: impl Fn(&u64) -> u64 + Send + Sync) -> Vec<u64> {
        pool_of_two().install(|| parallel_map(&self.items, f))
    }

    /// What the function makes of this item.
    pub fn result(&self, item: &u64) -> u64 {
        Rng::with_seed(self.seed ^ item).u64(..)
    }

    /// Whether result `i` is that of item `i`.
    pub fn judge(&self, results: &[u64]) -> Result<(), Mismatch> {
        let expected: Vec<u64> = self.items.iter().map(|item| self.result(item)).collect();
        expect_order(&expected, results)
    }
}

pub fn expect_order<U: PartialEq + Debug>(expected: &[U], results: &[U]) -> Result<(), Mismatch> {
    let mut pairs = expected.iter().zip(results);
    let seen = match pairs.position(|(expected, result)| expected != result) {
        Some(i) => format!("result {i} is {:?} and not {:?}", results[i], expected[i]),
        None => format!("{} results", results.len()),
    };
    Mismatch::unless(
        results == expected,
        format!("{} items: {seen}", expected.len()),
        "results in the order of the items: result i is f(&items[i])",
    )
}

/// Up to 2,000, small numbers as often as large ones.
pub fn few_or_many(random: &mut Rng) -> usize {
    random.usize(..=2_000) >> random.u32(..12)
}
