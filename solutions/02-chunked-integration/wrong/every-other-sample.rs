// rejected: on 2 threads
// rejected: a chunk is a run of neighbours
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
    let chunks = chunks.get();
    let area_of = |first: usize| {
        let own = (first..n).step_by(chunks);
        own.map(|i| f(a + i as f64 * dx)).sum::<f64>() * dx
    };
    (0..chunks).into_par_iter().map(area_of).sum()
}
