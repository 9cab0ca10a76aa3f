// rejected: n = 1000000: 8000
// rejected: bytes allocated
// rejected: no list of values or indices
//! Collects a million values into a list, to sum them.

mod model;
pub use model::{integrate_parallel, parallel_map};

pub fn integrate_map<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64,
{
    if n == 0 {
        return 0.0;
    }
    let dx = (b - a) / n as f64;
    let heights: Vec<f64> = (0..n).map(|i| f(a + i as f64 * dx)).collect();
    heights.iter().sum::<f64>() * dx
}
