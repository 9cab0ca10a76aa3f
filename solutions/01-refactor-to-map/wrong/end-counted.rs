// rejected: x = 2 is the end of the interval: the last of the 4 samples lies one step before it
//! Takes n + 1 samples: 0..=n counts the end of the interval too.

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
    (0..=n).map(|i| f(a + i as f64 * dx)).sum::<f64>() * dx
}
