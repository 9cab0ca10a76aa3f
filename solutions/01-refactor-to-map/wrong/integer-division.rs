// rejected: sample 0 is evaluated 4 times
//! Divides i by n as integers, which is 0 for every i.

mod model;
pub use model::{integrate_parallel, parallel_map};

pub fn integrate_map<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64,
{
    if n == 0 {
        return 0.0;
    }
    let width = b - a;
    let samples = (0..n).map(|i| f(a + (i / n) as f64 * width));
    samples.sum::<f64>() * width / n as f64
}
