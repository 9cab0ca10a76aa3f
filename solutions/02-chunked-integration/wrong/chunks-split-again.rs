// rejected: chunks = 2: three threads inside f at once
use std::num::NonZeroUsize;

use rayon::prelude::*;

mod model;
pub use model::{chunk_ranges, integrate_range};

pub fn integrate<F>(f: F, a: f64, b: f64, n: usize, chunks: NonZeroUsize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    if n == 0 {
        return 0.0;
    }
    let dx = (b - a) / n as f64;
    if chunks.get() == 1 {
        return integrate_range(&f, a, dx, 0..n);
    }
    chunk_ranges(n, chunks)
        .into_par_iter()
        .flat_map(|range| range.into_par_iter())
        .map(|i| f(a + i as f64 * dx))
        .sum::<f64>()
        * dx
}
