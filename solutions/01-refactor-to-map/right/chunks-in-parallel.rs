// accepted: `par_chunks` and a range in steps: a few large tasks, each a plain loop
//! What lesson 02 is about.

mod model;
pub use model::integrate_map;

use rayon::prelude::*;

const CHUNK: usize = 32;

pub fn parallel_map<T, U, F>(items: &[T], f: F) -> Vec<U>
where
    T: Sync,
    U: Send,
    F: Fn(&T) -> U + Sync,
{
    items
        .par_chunks(CHUNK)
        .flat_map_iter(|chunk| chunk.iter().map(&f))
        .collect()
}

pub fn integrate_parallel<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    if n == 0 {
        return 0.0;
    }
    let dx = (b - a) / n as f64;
    let of_chunk = |first: usize| {
        let mut total = 0.0;
        for i in first..(first + CHUNK).min(n) {
            total += f(a + i as f64 * dx);
        }
        total
    };
    (0..n)
        .into_par_iter()
        .step_by(CHUNK)
        .map(of_chunk)
        .sum::<f64>()
        * dx
}
