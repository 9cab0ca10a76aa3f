// rejected: bytes allocated
// rejected: no list of values or indices
//! Reuses `parallel_map`, which wants a slice: a million indices and a million values are stored.

mod model;
pub use model::{integrate_map, parallel_map};

pub fn integrate_parallel<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    if n == 0 {
        return 0.0;
    }
    let dx = (b - a) / n as f64;
    let indices: Vec<usize> = (0..n).collect();
    let heights = parallel_map(&indices, |&i| f(a + i as f64 * dx));
    heights.iter().sum::<f64>() * dx
}
