// rejected: n = 4 from 2 to 0: 2
// rejected: from right to left dx is negative, and so is the area
//! Takes the width without its sign, which is what makes the area negative.

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
    (0..n).map(|i| f(a + i as f64 * dx)).sum::<f64>() * dx.abs()
}
