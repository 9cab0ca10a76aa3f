// rejected: n = 0, chunks = 4: the area is NaN
use std::num::NonZeroUsize;

use rayon::prelude::*;

mod model;
pub use model::{chunk_ranges, integrate_range};

pub fn integrate<F>(f: F, a: f64, b: f64, n: usize, chunks: NonZeroUsize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    let dx = (b - a) / n as f64;
    let sum_of = |range| integrate_range(&f, a, dx, range) / dx;
    let sum: f64 = chunk_ranges(n, chunks).into_par_iter().map(sum_of).sum();
    sum * dx
}
