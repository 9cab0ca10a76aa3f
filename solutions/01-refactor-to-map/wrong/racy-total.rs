// rejected: cannot assign to `total`, as it is a captured variable in a `Fn` closure
//! Every thread adds to one total.

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
    let mut total = 0.0;
    (0..n)
        .into_par_iter()
        .for_each(|i| total += f(a + i as f64 * dx));
    total * dx
}
