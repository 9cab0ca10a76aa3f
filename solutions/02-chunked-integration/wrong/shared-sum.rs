// rejected: cannot assign to `area`, as it is a captured variable in a `Fn` closure
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
    let mut area = 0.0;
    chunk_ranges(n, chunks)
        .into_par_iter()
        .for_each(|range| area += integrate_range(&f, a, dx, range));
    area
}
