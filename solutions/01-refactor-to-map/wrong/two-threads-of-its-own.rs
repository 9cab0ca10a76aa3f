// rejected: a pool of one, 64 calls of f: on 2 threads
//! Always two threads: the caller's pool is not asked.

mod model;
pub use model::{integrate_map, parallel_map};

use std::thread;

pub fn integrate_parallel<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    if n == 0 {
        return 0.0;
    }
    let dx = (b - a) / n as f64;
    let sum = |from: usize, to: usize| (from..to).map(|i| f(a + i as f64 * dx)).sum::<f64>();
    thread::scope(|scope| {
        let left = scope.spawn(|| sum(0, n / 2));
        let right = scope.spawn(|| sum(n / 2, n));
        left.join().unwrap() + right.join().unwrap()
    }) * dx
}
