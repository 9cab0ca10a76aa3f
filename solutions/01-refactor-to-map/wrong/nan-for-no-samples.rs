// rejected: n = 0 from 0 to 2: NaN
//! Divides by n = 0: the sum is nothing, dx is infinite, and their product is not a number.

mod model;
pub use model::{integrate_parallel, parallel_map};

pub fn integrate_map<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64,
{
    let dx = (b - a) / n as f64;
    (0..n).map(|i| f(a + i as f64 * dx)).sum::<f64>() * dx
}
