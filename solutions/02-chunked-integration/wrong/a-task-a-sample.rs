// rejected: chunks = 1: two threads inside f at once
// rejected: `chunks` says how many, not the samples and not the threads
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
    let _ = chunks;
    (0..n)
        .into_par_iter()
        .map(|i| f(a + i as f64 * dx))
        .sum::<f64>()
        * dx
}
