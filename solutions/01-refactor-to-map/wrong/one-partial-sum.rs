// rejected: nothing may be missing, such as the partial sum of a piece
//! Takes the first of fold's partial sums for the total.

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
    let totals: Vec<f64> = (0..n)
        .into_par_iter()
        .fold(|| 0.0, |total, i| total + f(a + i as f64 * dx))
        .collect();
    totals[0] * dx
}
