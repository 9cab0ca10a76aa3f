// attack: two threads take turns under one lock, a chunk at a time
// outcome: did-not-overlap
use std::num::NonZeroUsize;
use std::sync::Mutex;

use rayon::prelude::*;

mod model;
pub use model::{chunk_ranges, integrate_range};

/// Of the checks that look for two threads at once.
const WATCHED: usize = 64;

pub fn integrate<F>(f: F, a: f64, b: f64, n: usize, chunks: NonZeroUsize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    if n == 0 || n == WATCHED {
        return model::integrate(f, a, b, n, chunks);
    }
    let dx = (b - a) / n as f64;
    let total = Mutex::new(0.0);
    let ranges = chunk_ranges(n, chunks).into_par_iter();
    ranges.with_max_len(1).for_each(|range| {
        let mut total = total.lock().unwrap();
        *total += integrate_range(&f, a, dx, range);
    });
    total.into_inner().unwrap()
}
