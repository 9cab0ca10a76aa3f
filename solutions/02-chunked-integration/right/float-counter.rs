// accepted: counts in f64, which is exact, and lets rayon group neighbouring chunks into one task
use std::num::NonZeroUsize;
use std::ops::Range;

use rayon::prelude::*;

mod model;
pub use model::chunk_ranges;

pub fn integrate_range<F>(f: &F, a: f64, dx: f64, range: Range<usize>) -> f64
where
    F: Fn(f64) -> f64,
{
    let mut i = range.start as f64;
    let mut sum = 0.0;
    for _ in range {
        sum += f(dx.mul_add(i, a));
        i += 1.0;
    }
    sum * dx
}

pub fn integrate<F>(f: F, a: f64, b: f64, n: usize, chunks: NonZeroUsize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    let dx = (b - a) / n as f64;
    chunk_ranges(n, chunks)
        .into_par_iter()
        .map(|range| integrate_range(&f, a, dx, range))
        .sum()
}
