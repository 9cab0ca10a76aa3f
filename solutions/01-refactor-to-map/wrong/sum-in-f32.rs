// rejected: f64 sums do, f32 sums do not
//! Adds in f32: 24 bits of a sum are too few for 100,000 terms.

mod model;
pub use model::{integrate_map, parallel_map};

use rayon::prelude::*;

pub fn integrate_parallel<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    if n == 0 {
        return 0.0;
    }
    let dx = (b - a) / n as f64;
    let total: f32 = (0..n)
        .into_par_iter()
        .map(|i| f(a + i as f64 * dx) as f32)
        .sum();
    total as f64 * dx
}
