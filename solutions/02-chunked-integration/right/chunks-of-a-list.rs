// accepted: par_chunks over the list of ranges, one range at a time
use std::num::NonZeroUsize;

use rayon::prelude::*;

mod model;
pub use model::{chunk_ranges, integrate_range};

pub fn integrate<F>(f: F, a: f64, b: f64, n: usize, chunks: NonZeroUsize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    let dx = (b - a) / n as f64;
    let areas: Vec<f64> = chunk_ranges(n, chunks)
        .par_chunks(1)
        .map(|chunk| integrate_range(&f, a, dx, chunk[0].clone()))
        .collect();
    areas.iter().sum()
}
