// attack: splits the samples without end, on the threads of the pool
// outcome: stack-overflow
use std::hint::black_box;

mod model;
pub use model::{integrate_map, parallel_map};

pub fn integrate_parallel<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    split(&f, a, b, n)
}

/// The half that has no samples is split again, too.
fn split<F>(f: &F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    let middle = black_box((a + b) / 2.0);
    let (left, right) = rayon::join(
        || split(f, a, middle, n / 2),
        || split(f, middle, b, n - n / 2),
    );
    left + right
}
